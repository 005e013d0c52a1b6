package devml.run;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Int;
import devml.equation.Loop;
import devml.equation.Real;
import devml.equation.Statement;
import devml.equation.Uses;
import devml.equation.View;
import devml.fault.Fault;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Runs every equation by the reference, and by the fast evaluator on what the reference computed so far. */
final class Lockstep implements Evaluator {
    private final Evaluator reference;
    private final Evaluator fast;
    private final Evaluator magnitudes;
    private final double unit;
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final Set<Integer> integers = new HashSet<>();
    private long compared;

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     * @param fast what is held to the reference
     */
    Lockstep(DType dtype, int tensors, Evaluator fast) {
        this.reference = new ReferenceEvaluator(dtype, tensors);
        this.fast = fast;
        this.magnitudes = new ReferenceEvaluator(DType.FLOAT64, tensors);
        this.unit = dtype == DType.FLOAT64 ? 0x1p-53 : 0x1p-24;
    }

    /** How many elements were compared. */
    long compared() {
        return compared;
    }

    @Override
    public void allocate(int tensor, int size, boolean integer) {
        reference.allocate(tensor, size, integer);
        sizes.put(tensor, size);
        if (integer) {
            integers.add(tensor);
        }
    }

    @Override
    public void share(int tensor, int existing) {
        reference.share(tensor, existing);
        sizes.put(tensor, sizes.get(existing));
    }

    @Override
    public void put(int tensor, Tensor values, boolean integer) {
        reference.put(tensor, values, integer);
        sizes.put(tensor, values.size());
    }

    @Override
    public Tensor get(int tensor, Shape shape, boolean integer) {
        return reference.get(tensor, shape, integer);
    }

    @Override
    public void run(Statement statement) {
        switch (statement) {
            case Assignment equation -> run(equation);
            case Loop loop -> loop.steps().forEach(step -> loop.at(step).forEach(this::run));
        }
    }

    private void run(Assignment equation) {
        Uses.tensors(equation, view -> mirror(view, isInteger(equation, view)));
        mirror(equation.target(), equation.value() instanceof Int);
        fast.run(equation);
        boolean comparable = !usesElementary(equation);
        double[] bound = comparable && equation.value() instanceof Real real && sums(equation)
                ? magnitudes(equation, real)
                : null;
        reference.run(equation);
        if (comparable && (bound != null || !sums(equation))) {
            compare(equation, bound);
        }
    }

    private void compare(Assignment equation, double[] bound) {
        boolean integer = equation.value() instanceof Int;
        Tensor expected = read(reference, equation.target(), integer);
        Tensor actual = read(fast, equation.target(), integer);
        long terms = points(equation);
        for (int i = 0; i < expected.size(); i++) {
            double a = expected.get(i);
            double b = actual.get(i);
            boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
            if (!same && (bound == null || !isWithin(a, b, terms, bound[i], unit))) {
                throw new AssertionError("%s[%d] is %s, by the reference %s, bound %s"
                        .formatted(equation.target().name(), i, b, a, bound == null ? 0 : bound[i]));
            }
            compared++;
        }
    }

    private static long points(Assignment equation) {
        long[] points = {equation.accumulates() ? equation.box().size() : 1};
        Uses.walk(equation.value(), part -> {
            if (part instanceof Real.Reduce(var _, Box box, var _)) {
                points[0] = Math.multiplyExact(points[0], Math.max(1, box.size()));
            }
        });
        return points[0];
    }

    /** Copies what the reference holds of a tensor to the fast evaluator. */
    private void mirror(View view, boolean integer) {
        Tensor tensor = read(reference, view, integer);
        fast.put(view.tensor(), copy(tensor), integer);
    }

    private Tensor read(Evaluator evaluator, View view, boolean integer) {
        return evaluator.get(view.tensor(), Shape.of(sizes.get(view.tensor())), integer);
    }

    private static Tensor copy(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Doubles(var shape, double[] values) -> new Tensor.Doubles(shape, values.clone());
            case Tensor.Floats(var shape, float[] values) -> new Tensor.Floats(shape, values.clone());
            case Tensor.Longs(var shape, long[] values) -> new Tensor.Longs(shape, values.clone());
        };
    }

    private static boolean isInteger(Assignment equation, View view) {
        boolean[] integer = {false};
        Uses.values(
                equation,
                part -> integer[0] |=
                        part instanceof Int.Read read && read.view().equals(view));
        return integer[0];
    }

    /**
     * What the equation yields where every operand is replaced by its magnitude and nothing cancels.
     *
     * @return null if a choice that data decide hides an access that is not there
     */
    private double[] magnitudes(Assignment equation, Real value) {
        Uses.tensors(equation, view -> {
            boolean integer = isInteger(equation, view);
            Tensor tensor = copy(read(reference, view, integer));
            magnitudes.put(view.tensor(), integer ? tensor : absolute(tensor), integer);
        });
        magnitudes.put(equation.target().tensor(), absolute(copy(read(reference, equation.target(), false))), false);
        try {
            magnitudes.run(new Assignment(
                    equation.target(),
                    equation.subscripts(),
                    equation.accumulates(),
                    equation.box(),
                    Magnitude.of(value),
                    equation.slots(),
                    equation.place()));
        } catch (Fault notThere) {
            return null;
        }
        return read(magnitudes, equation.target(), false).toDoubles().values();
    }

    private static Tensor absolute(Tensor tensor) {
        double[] values = tensor.toDoubles().values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return new Tensor.Doubles(tensor.shape(), values);
    }

    private static boolean sums(Assignment equation) {
        boolean[] sums = {equation.accumulates()};
        Uses.walk(equation.value(), part -> sums[0] |= part instanceof Real.Reduce);
        return sums[0];
    }

    /** Whether functions, quotients or choices by reals take part, for which magnitudes are no bound. */
    private static boolean usesElementary(Assignment equation) {
        boolean[] found = {false};
        boolean sums = sums(equation);
        Uses.walk(equation.value(), part -> {
            switch (part) {
                case Real.Unary(Real.Function function, var _) ->
                    found[0] |= switch (function) {
                        case NEGATE, ABS -> false;
                        case SQRT, FLOOR, SIGN -> sums;
                        case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, ERF, SIGMOID, SOFTPLUS -> true;
                    };
                case Real.Binary(Real.Op op, Real left, Real right) ->
                    found[0] |= switch (op) {
                        case ADD, SUBTRACT, MULTIPLY, MIN, MAX -> false;
                        case DIVIDE -> sums && !isExact(right);
                        case FLOOR_DIVIDE -> sums && !(isExact(left) && isExact(right));
                        case POWER -> true;
                    };
                case Real.Reduce(Real.Fold fold, var _, var _) -> found[0] |= fold == Real.Fold.LOG_SUM_EXP;
                case Real.Power(var _, int exponent) -> found[0] |= exponent < 0;
                default -> {}
            }
        });
        return found[0];
    }

    /** Both sides err by at most n u sum|a||b|, to first order; 8 more operations surround the sum. */
    static boolean isWithin(double a, double b, long terms, double magnitude, double unit) {
        return Math.abs(a - b) <= 2 * (terms + 8) * unit * magnitude * (1 + 1e-3) || Double.isInfinite(magnitude);
    }

    /** Whether an operand of a division has no error of its own, so that the magnitude of the quotient is a bound. */
    private static boolean isExact(Real operand) {
        return operand instanceof Real.Constant
                || operand instanceof Real.Precise
                || operand instanceof Real.FromInt
                || operand instanceof Real.Read;
    }

    /** Replaces operations by those on magnitudes: differences become sums. */
    private static final class Magnitude {
        static Real of(Real e) {
            return switch (e) {
                case Real.Constant(double value) -> new Real.Constant(Math.abs(value));
                case Real.Precise precise -> Real.Precise.of(precise.digits().abs());
                case Real.FromInt _ -> new Real.Unary(Real.Function.ABS, e);
                case Real.Read _ -> e;
                case Real.Unary(var _, Real operand) -> of(operand);
                case Real.Binary(Real.Op op, Real left, Real right) ->
                    switch (op) {
                        case SUBTRACT -> new Real.Binary(Real.Op.ADD, of(left), of(right));
                        case FLOOR_DIVIDE -> // one more below 0
                            new Real.Binary(
                                    Real.Op.ADD, new Real.Binary(op, of(left), of(right)), new Real.Constant(1));
                        case ADD, MULTIPLY, DIVIDE, POWER, MIN, MAX -> new Real.Binary(op, of(left), of(right));
                    };
                case Real.Power(Real base, int exponent) -> new Real.Power(of(base), exponent);
                case Real.Detached(Real value, Real _) -> of(value);
                case Real.Select(var condition, Real yes, Real no) ->
                    Uses.readsData(condition)
                            ? new Real.Binary(Real.Op.ADD, of(yes), of(no))
                            : new Real.Select(condition, of(yes), of(no));
                case Real.Reduce(Real.Fold fold, Box box, Real body) -> new Real.Reduce(fold, box, of(body));
            };
        }
    }
}
