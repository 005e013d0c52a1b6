package devml.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An integer expression as a weighted sum of atoms plus a constant; an atom is an index, or a part that is not affine.
 * The fast evaluator takes strides from this form, and {@link Reach} bounds the values that an expression can take.
 *
 * @param weights the weight of each atom, never 0, in the order in which the expression names them: taking the first of
 *     several equal candidates then gives the same result in every process. The map is not copied, so the caller must
 *     not change it afterwards
 * @param constant the summand without an atom
 */
public record Affine(Map<Int, Long> weights, long constant) {
    public Affine {
        weights = Collections.unmodifiableMap(weights);
    }

    public static Affine of(Int e) {
        return of(List.of(e), 1);
    }

    /**
     * Returns the sum of the expressions, each multiplied by the factor at the same position.
     *
     * @throws ArithmeticException on overflow
     */
    public static Affine of(List<Int> expressions, long... factors) {
        Map<Int, Long> weights = new LinkedHashMap<>();
        long constant = 0;
        for (int i = 0; i < factors.length; i++) {
            constant = Math.addExact(constant, add(weights, expressions.get(i), factors[i]));
        }
        weights.values().removeIf(weight -> weight == 0);
        return new Affine(weights, constant);
    }

    /** Adds the atoms of {@code factor * e} to the weights and returns the constant part of {@code factor * e}. */
    private static long add(Map<Int, Long> weights, Int e, long factor) {
        return switch (e) {
            case Int.Constant(long value) -> Math.multiplyExact(value, factor);
            case Int.Binary(Int.Op op, Int left, Int right)
            when op == Int.Op.ADD -> Math.addExact(add(weights, left, factor), add(weights, right, factor));
            case Int.Binary(Int.Op op, Int left, Int right)
            when op == Int.Op.SUBTRACT ->
                Math.addExact(add(weights, left, factor), add(weights, right, Math.negateExact(factor)));
            case Int.Binary(Int.Op op, Int.Constant(long times), Int right)
            when op == Int.Op.MULTIPLY -> add(weights, right, Math.multiplyExact(times, factor));
            case Int.Binary(Int.Op op, Int left, Int.Constant(long times))
            when op == Int.Op.MULTIPLY -> add(weights, left, Math.multiplyExact(times, factor));
            case Int other -> {
                weights.merge(other, factor, Math::addExact);
                yield 0;
            }
        };
    }

    /** Whether every atom is an index. */
    public boolean isOverIndices() {
        for (Int atom : weights.keySet()) {
            if (!(atom instanceof Int.Index)) {
                return false;
            }
        }
        return true;
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
