package devml.gradcheck;

import devml.fault.Fault;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Definition;
import devml.layer.OptionValue;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * Chooses numbers at which to check a bound layer: some random ones from several ranges, and some where functions have
 * kinks and maxima have ties: few different numbers, among them those with which the equations compare.
 */
public final class Points {
    private static final double[] GRID = {0, 0.5, -0.5, 1, -1, 1.5};

    /** From a constant to the numbers beside it. */
    private static final double[] STEPS = {-0.5, 0.5, -1, 1, 0};

    /** How many points there are for all of them to be met by some element. */
    private static final int MAX_BESIDES = 4;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.]*(?:[eE]-?[0-9]+)?");

    private final BoundLayer layer;
    private final SplittableRandom random;
    private final double[] constants;

    private Points(BoundLayer layer) {
        this.layer = layer;
        this.random = new SplittableRandom(Setting.describe(layer).hashCode());
        this.constants = constants(layer);
    }

    /**
     * Points of a layer.
     *
     * @throws Fault if the forward equations fail at all of them
     */
    public static List<Jacobian> of(BoundLayer layer) {
        Points points = new Points(layer);
        return points.valid(points.many());
    }

    /**
     * As {@link #of}, for layers of any size.
     *
     * @throws Fault if the forward equations fail at all of them
     */
    public static List<Jacobian> few(BoundLayer layer) {
        Points points = new Points(layer);
        return points.valid(List.of(
                points.probe("random numbers from -2 to 2", () -> points.random.nextDouble(-2, 2)),
                points.probe("random numbers from 0 to 1", () -> points.random.nextDouble()),
                points.probe("ties and kinks", points::special)));
    }

    /** Whether the forward equations can be computed: a window of a maximum may turn out to be empty. */
    static boolean canRun(BoundLayer layer) {
        Points points = new Points(layer);
        try {
            points.mixed().start().all(layer.forward());
            return true;
        } catch (Fault fault) {
            return false;
        }
    }

    private List<Probe> many() {
        List<Probe> probes = new ArrayList<>(List.of(
                probe("random numbers from -2 to 2", () -> random.nextDouble(-2, 2)),
                probe("random numbers from 0 to 1", () -> random.nextDouble()),
                probe("random numbers from 0.5 to 3", () -> random.nextDouble(0.5, 3)),
                mixed(),
                mixed(),
                probe("ties and kinks", this::special),
                probe("ties and kinks, most numbers 0", () -> random.nextInt(4) == 0 ? special() : 0),
                probe("ties and kinks, numbers -1, 0 and 1", () -> random.nextInt(-1, 2))));
        int variables = Probe.variables(layer).stream()
                .mapToInt(variable -> variable.view().size())
                .max()
                .orElse(0);
        DoubleSupplier besides = besides();
        for (int i = 0; i < MAX_BESIDES && i * variables < STEPS.length * constants.length; i++) {
            probes.add(probe("beside kinks", besides));
        }
        return probes;
    }

    /** Those at which the forward equations can be computed. */
    private List<Jacobian> valid(List<Probe> probes) {
        List<Jacobian> points = new ArrayList<>();
        Fault failure = null;
        for (Probe probe : probes) {
            try {
                probe.start().all(layer.forward());
                points.add(new Jacobian(probe));
            } catch (Fault fault) {
                failure = fault;
            }
        }
        if (points.isEmpty()) {
            throw failure;
        }
        return points;
    }

    private double special() {
        return random.nextBoolean() ? constants[random.nextInt(constants.length)] : GRID[random.nextInt(GRID.length)];
    }

    /** One after another every number that lies a step or half a step from a constant: mistaken constants show there. */
    private DoubleSupplier besides() {
        int[] next = {random.nextInt(constants.length * STEPS.length)};
        return () -> {
            int at = next[0]++;
            return constants[at % constants.length] + STEPS[at / constants.length % STEPS.length];
        };
    }

    /** Each tensor from a range of its own. */
    private Probe mixed() {
        return probe(
                "random numbers",
                () -> {
                    List<DoubleSupplier> ranges = List.of(
                            () -> random.nextDouble(-2, 2),
                            () -> random.nextDouble(0.1, 1),
                            () -> random.nextDouble(0.5, 3),
                            () -> random.nextBoolean() ? 1 : -1);
                    return ranges.get(random.nextInt(ranges.size()));
                },
                random.nextBoolean());
    }

    private Probe probe(String kind, DoubleSupplier numbers) {
        return probe(kind, () -> numbers, false);
    }

    private Probe probe(String kind, java.util.function.Supplier<DoubleSupplier> ranges, boolean ignores) {
        Map<String, Tensor> values = new HashMap<>();
        for (BoundTensor tensor : layer.tensors()) {
            if (tensor.role() == Role.INPUT && tensor.integer()) {
                values.put(tensor.name(), integers(tensor, ignores));
            } else if (tensor.role() == Role.INPUT || tensor.role() == Role.PARAM || tensor.role() == Role.BUFFER) {
                values.put(tensor.name(), reals(tensor, ranges.get()));
            }
        }
        for (BoundTensor output : Probe.outputs(layer)) {
            values.put("d" + output.name(), reals(output, () -> random.nextDouble(0.5, 1.5) * sign()));
        }
        return new Probe(layer, kind, values);
    }

    private int sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    private static Tensor reals(BoundTensor tensor, DoubleSupplier numbers) {
        double[] values = new double[tensor.shape().size()];
        java.util.Arrays.setAll(values, _ -> numbers.getAsDouble());
        return new Tensor.Doubles(tensor.shape(), values);
    }

    private Tensor integers(BoundTensor tensor, boolean ignores) {
        BoundTensor.Range range = tensor.range().orElseThrow();
        long[] values = new long[tensor.shape().size()];
        boolean hasOthers = range.any() || range.other().isPresent();
        java.util.Arrays.setAll(
                values,
                _ -> hasOthers && (random.nextInt(5) == 0 || (ignores && random.nextBoolean()))
                        ? range.other().orElseGet(() -> random.nextBoolean() ? -1 : range.size())
                        : random.nextLong(range.size()));
        return new Tensor.Longs(tensor.shape(), values);
    }

    /** The numbers in the equations and of the options, of either sign: where comparisons change. */
    private static double[] constants(BoundLayer layer) {
        Set<Double> constants = new TreeSet<>(List.of(0.0, 1.0));
        Definition definition = layer.definition();
        definition.where().forEach(line -> Subexpressions.walk(line.value(), e -> add(e, constants)));
        definition.forward().forEach(equation -> Subexpressions.walk(equation, e -> add(e, constants)));
        for (OptionValue option : layer.options().values()) {
            NUMBER.matcher(option.toString()).results().forEach(n -> constants.add(Double.valueOf(n.group())));
        }
        new ArrayList<>(constants).forEach(c -> constants.add(-c));
        return constants.stream()
                .mapToDouble(c -> c)
                .filter(c -> Math.abs(c) <= 100)
                .toArray();
    }

    private static void add(Expr e, Set<Double> constants) {
        if (e instanceof Expr.Whole(long value, var _)) {
            constants.add((double) value);
        } else if (e instanceof Expr.Decimal(double value, var _)) {
            constants.add(value);
        }
    }
}
