package devml.gradcheck;

import java.util.List;

/**
 * An entry of a gradient that is not what the forward equations yield.
 *
 * @param index its place in the tensor
 * @param value what the backward equations make it
 * @param derivative what follows from the forward equations
 * @param isConvention whether the derivative there depends on how a tie is decided: then the value is another convention,
 *     not an error
 * @param probe where that is
 */
public record Finding(List<Integer> index, double value, double derivative, boolean isConvention, Probe probe) {}
