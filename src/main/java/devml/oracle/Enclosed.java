package devml.oracle;

import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A tensor that {@link OracleNumbers} computed, taken out of them so that the results of batches can be added up,
 * averaged or concatenated.
 */
public final class Enclosed {
    private final Shape shape;
    private final Rounded[] numbers;
    private final Precision type;

    Enclosed(Shape shape, Rounded[] numbers, Precision type) {
        this.shape = shape;
        this.numbers = numbers;
        this.type = type;
    }

    public Shape shape() {
        return shape;
    }

    public Ball ball(int offset) {
        return numbers[offset].exact();
    }

    /** How far the result of a floating-point computation may be from the exact element. */
    public double error(int offset) {
        return numbers[offset].error(type);
    }

    /** The numbers of the open comparisons on which an element depends. */
    public BitSet doubts(int offset) {
        return numbers[offset].doubts();
    }

    /** Multiplies by {@code part / whole}, a quotient that is computed first; where it is 1, nothing changes. */
    public Enclosed times(long part, long whole) {
        Rounded weight = of(part).divide(of(whole), type);
        return part == whole ? this : map(number -> number.multiply(weight, type));
    }

    /** Divides each element by a single number. */
    public Enclosed dividedBy(Enclosed single) {
        return map(number -> number.divide(single.numbers[0], type));
    }

    private Rounded of(long value) {
        return Rounded.given(Ball.of((double) value), type); // a number of samples, which is exact
    }

    /**
     * Adds element by element. The terms of a sum stay apart, so that its error bound holds for every order of
     * summation.
     */
    public Enclosed plus(Enclosed other) {
        Rounded[] sums = new Rounded[numbers.length];
        Arrays.setAll(sums, i -> numbers[i].add(other.numbers[i]));
        return new Enclosed(shape, sums, type);
    }

    /** Returns the rows of this tensor followed by the rows of another. */
    public Enclosed before(Enclosed other) {
        Rounded[] all = Arrays.copyOf(numbers, numbers.length + other.numbers.length);
        System.arraycopy(other.numbers, 0, all, numbers.length, other.numbers.length);
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(0, shape.dim(0) + other.shape.dim(0));
        return new Enclosed(new Shape(dims), all, type);
    }

    /**
     * Renumbers the open comparisons so that number 0 becomes {@code first}. Those beyond the limit share the last
     * number.
     */
    public Enclosed countingFrom(int first) {
        IdentityHashMap<BitSet, BitSet> renumbered = new IdentityHashMap<>();
        return first == 0
                ? this
                : map(number -> new Rounded(
                        number.exact(),
                        number.error(),
                        number.magnitude(),
                        number.terms(),
                        renumbered.computeIfAbsent(number.doubts(), doubts -> from(first, doubts))));
    }

    private static BitSet from(int first, BitSet doubts) {
        BitSet numbers = new BitSet();
        doubts.stream().forEach(i -> numbers.set(Math.min(first + i, Doubts.MOST - 1)));
        return numbers;
    }

    private Enclosed map(UnaryOperator<Rounded> change) {
        return new Enclosed(shape, Arrays.stream(numbers).map(change).toArray(Rounded[]::new), type);
    }

    void copyTo(Rounded[] elements) {
        System.arraycopy(numbers, 0, elements, 0, elements.length);
    }
}
