package devml.fast;

import java.util.Map;
import java.util.Optional;

/**
 * How an index over several dimensions seen as one is made of indices over {@code before}, over the dimension that lies
 * innermost, and over {@code after}.
 */
record Split(int slot, int before, int extent, int after) {

    /** How an access splits the index that runs over the innermost dimension of its tensor, if it is a whole subscript. */
    static Optional<Split> of(Access access, Innermost innermost, Map<Integer, Integer> extents) {
        return access.dimension(innermost)
                .flatMap(dimension -> access.whole(dimension, extents).map(slot -> {
                    int stride = access.stride(dimension);
                    int size = innermost.after() * innermost.extent();
                    return new Split(
                            slot,
                            stride * access.view().extents().get(dimension) / size,
                            innermost.extent(),
                            innermost.after() / stride);
                }));
    }

    /** The dimension that lies innermost in a tensor in which the index is a whole subscript. */
    Innermost in(Access access, int dimension) {
        return new Innermost(extent, after * access.stride(dimension));
    }
}
