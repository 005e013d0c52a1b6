package devml.fast;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a program.
 *
 * @param count how many there are, numbered from 0
 * @param shapes those that are known, as users see them; of a tensor that is another name, that of the other
 * @param shared tensors that are other names for earlier ones
 * @param exchanged those that users give or take, in row-major order
 */
public record Storages(
        int count, Map<Integer, List<Integer>> shapes, Map<Integer, Integer> shared, Set<Integer> exchanged) {

    /** As above; users give and take nothing. */
    public Storages(int count, Map<Integer, List<Integer>> shapes, Map<Integer, Integer> shared) {
        this(count, shapes, shared, Set.of());
    }

    /** The same; users give and take some of them. */
    public Storages exchanging(Set<Integer> tensors) {
        return new Storages(count, shapes, shared, tensors);
    }

    /** The tensor whose storage a tensor uses. */
    int root(int tensor) {
        int root = tensor;
        for (Integer next = shared.get(root); next != null; next = shared.get(root)) {
            root = next;
        }
        return root;
    }
}
