package devml.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An integer expression as a weighted sum of atoms plus a constant. An atom is an index, or a part that is not affine.
 *
 * @param weights the weight of each atom, never 0; in the order in which the expression names them, so that whoever takes
 *     the first of equals takes the same in every process
 * @param constant what is added
 */
public record Affine(Map<Int, Long> weights, long constant) {
    public Affine {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    public static Affine of(Int e) {
        return switch (e) {
            case Int.Constant(long value) -> new Affine(Map.of(), value);
            case Int.Binary(Int.Op op, Int left, Int right) when op == Int.Op.ADD -> of(left).plus(of(right), 1);
            case Int.Binary(Int.Op op, Int left, Int right) when op == Int.Op.SUBTRACT -> of(left).plus(of(right), -1);
            case Int.Binary(Int.Op op, Int.Constant(long factor), Int right)
            when op == Int.Op.MULTIPLY -> of(right).times(factor);
            case Int.Binary(Int.Op op, Int left, Int.Constant(long factor))
            when op == Int.Op.MULTIPLY -> of(left).times(factor);
            case Int other -> new Affine(Map.of(other, 1L), 0);
        };
    }

    /** Whether every atom is an index. */
    public boolean isOverIndices() {
        return weights.keySet().stream().allMatch(atom -> atom instanceof Int.Index);
    }

    /** {@code this + factor * other}. */
    public Affine plus(Affine other, long factor) {
        Map<Int, Long> sum = new LinkedHashMap<>(weights);
        other.weights.forEach((atom, weight) -> sum.merge(atom, Math.multiplyExact(weight, factor), Math::addExact));
        sum.values().removeIf(weight -> weight == 0);
        return new Affine(sum, Math.addExact(constant, Math.multiplyExact(other.constant, factor)));
    }

    public Affine times(long factor) {
        return new Affine(Map.of(), 0).plus(this, factor);
    }
}
