package devml.check;

import java.util.List;

/**
 * One entry of a tensor beside its reference.
 *
 * @param index its multi-index; empty in a scalar
 * @param value in the type of the tensor: Double, Float or Long
 * @param reference in the type of the reference
 * @param deviation how far they lie apart
 */
public record Entry(List<Integer> index, Number value, Number reference, Deviation deviation) {}
