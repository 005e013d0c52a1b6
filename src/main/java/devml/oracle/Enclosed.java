package devml.oracle;

import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** A tensor of numbers that {@link OracleNumbers} have worked out: it may be added to others, as batches are. */
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

    /** How far the result of a computation in floating point may be from the exact one. */
    public double error(int offset) {
        return numbers[offset].error(type);
    }

    /** The numbers of the open comparisons on which an element depends. */
    public BitSet doubts(int offset) {
        return numbers[offset].doubts();
    }

    /** Times {@code part / whole}, a quotient that is worked out first; by 1 nothing changes. */
    public Enclosed times(long part, long whole) {
        Rounded weight = of(part).divide(of(whole), type);
        return part == whole ? this : map(number -> number.multiply(weight, type));
    }

    /** Each element divided by a single number. */
    public Enclosed dividedBy(Enclosed single) {
        return map(number -> number.divide(single.numbers[0], type));
    }

    private Rounded of(long value) {
        return Rounded.given(Ball.of((double) value), type); // a number of samples: exact
    }

    /** Element by element; the terms of a sum stay apart, so that its bound holds for every order of summation. */
    public Enclosed plus(Enclosed other) {
        Rounded[] sums = new Rounded[numbers.length];
        Arrays.setAll(sums, i -> numbers[i].add(other.numbers[i]));
        return new Enclosed(shape, sums, type);
    }

    /** The rows of another behind those of this one. */
    public Enclosed before(Enclosed other) {
        Rounded[] all = Arrays.copyOf(numbers, numbers.length + other.numbers.length);
        System.arraycopy(other.numbers, 0, all, numbers.length, other.numbers.length);
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(0, shape.dim(0) + other.shape.dim(0));
        return new Enclosed(new Shape(dims), all, type);
    }

    /** Counts open comparisons from a number on: what was 0 is that. All that are too many share the last number. */
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
