package devml.check;

import java.util.List;

/**
 * One entry of a tensor together with its reference.
 *
 * @param index its index in each dimension; empty for a scalar
 * @param value in the type of the tensor: Double, Float or Long
 * @param reference in the type of the reference
 * @param deviation the distance between them
 */
public record Entry(List<Integer> index, Number value, Number reference, Deviation deviation) {}
