package devml.run;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.View;
import devml.fast.ProgramPlan;
import devml.fast.Storages;
import devml.fast.Workers;
import devml.fault.Place;
import devml.fault.Source;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the fast evaluator to the reference on equations that nobody wrote: contractions, and expressions of all kinds. */
class RandomEquationsTest {
    private static final int COUNT = 250;
    private static final Workers WORKERS = new Workers(2);
    private static final Place PLACE = new Place(new Source("random", "equation"), 0, 1);
    private static final List<Integer> EXTENTS = List.of(1, 1, 2, 3, 4, 5, 7, 9, 13, 19);

    @ParameterizedTest
    @EnumSource
    void contractionsAreWithinTheBound(DType dtype) {
        for (int seed = 0; seed < COUNT; seed++) {
            new Equation(seed).contraction().run(dtype);
        }
    }

    @ParameterizedTest
    @EnumSource
    void expressionsAreWithinTheBound(DType dtype) {
        for (int seed = 0; seed < COUNT; seed++) {
            new Equation(seed).expression().run(dtype);
        }
    }

    /** One equation in the making: tensor 0 is written, the others are read. */
    private static final class Equation {
        private final Random random;
        private final List<Integer> extents = new ArrayList<>();
        private final Map<Integer, View> views = new LinkedHashMap<>();
        private final List<Cond> guards = new ArrayList<>();
        private Assignment assignment;

        Equation(long seed) {
            this.random = new Random(seed);
        }

        private int index() {
            extents.add(EXTENTS.get(random.nextInt(EXTENTS.size())));
            return extents.size() - 1;
        }

        private List<Integer> indices(int least, int most) {
            List<Integer> indices = new ArrayList<>();
            for (int i = random.nextInt(least, most + 1); i > 0; i--) {
                indices.add(index());
            }
            return indices;
        }

        private List<Integer> shuffled(List<Integer> some, List<Integer> others) {
            List<Integer> all = new ArrayList<>(some);
            all.addAll(others);
            Collections.shuffle(all, random);
            return all;
        }

        /** An access by the indices; now and then, two of them share a subscript whose ends may lie outside. */
        private Real.Read read(List<Integer> indices, boolean mayPad) {
            List<Int> subscripts = new ArrayList<>();
            List<Integer> dims = new ArrayList<>();
            List<Integer> left = new ArrayList<>(indices);
            while (!left.isEmpty()) {
                int i = left.removeFirst();
                if (!left.isEmpty() && random.nextInt(3) == 0) {
                    int j = left.removeFirst();
                    int stride = random.nextInt(1, 4);
                    int dilation = random.nextInt(1, 3);
                    int padding = mayPad ? random.nextInt(3) : 0;
                    Int sum = Ints.add(
                            Ints.multiply(Ints.constant(stride), new Int.Index(i)),
                            Ints.multiply(Ints.constant(dilation), new Int.Index(j)));
                    int span = stride * (extents.get(i) - 1) + dilation * (extents.get(j) - 1) + 1;
                    int extent = Math.max(1, span - 2 * padding + random.nextInt(2));
                    Int subscript = Ints.subtract(sum, Ints.constant(padding));
                    if (mayPad) {
                        guards.add(Ints.inside(subscript, extent));
                    }
                    subscripts.add(subscript);
                    dims.add(mayPad ? extent : span);
                } else {
                    subscripts.add(new Int.Index(i));
                    dims.add(extents.get(i));
                }
            }
            int tensor = views.size() + 1;
            View view = new View(tensor, "t" + tensor, dims);
            views.put(tensor, view);
            return new Real.Read(view, subscripts);
        }

        private Box box(List<Integer> indices, Cond guard) {
            return new Box(indices, indices.stream().map(extents::get).toList(), guard);
        }

        private Cond guard() {
            Cond all = guards.stream().reduce(Cond.TRUE, Cond::and);
            guards.clear();
            return all;
        }

        private Equation contraction() {
            List<Integer> batch = indices(0, 1);
            List<Integer> rows = indices(0, 2);
            List<Integer> lanes = indices(0, 2);
            List<Integer> summed = indices(1, 3);
            Real product = new Real.Binary(
                    Real.Op.MULTIPLY,
                    read(shuffled(batch, shuffled(rows, summed)), true),
                    read(shuffled(batch, shuffled(lanes, summed)), true));
            Cond guard = guard();
            List<Integer> free = shuffled(batch, shuffled(rows, lanes));
            if (random.nextBoolean()) {
                List<Integer> all = new ArrayList<>(free);
                all.addAll(summed);
                return write(free, box(all, guard), product, true);
            }
            Real sum = new Real.Reduce(Real.Fold.SUM, box(summed, guard), product);
            Real value = random.nextBoolean()
                    ? sum
                    : new Real.Binary(Real.Op.ADD, read(shuffled(rows, List.of()), false), sum);
            return write(free, box(free, Cond.TRUE), value, false);
        }

        private Equation expression() {
            List<Integer> free = indices(1, 4);
            List<Integer> own = new ArrayList<>();
            Real value = real(free, own, 3);
            boolean scatters = random.nextInt(3) == 0;
            if (!scatters) {
                return write(free, box(free, Cond.TRUE), value, random.nextBoolean());
            }
            List<Integer> all = new ArrayList<>(free);
            List<Integer> named = free.subList(0, random.nextInt(free.size() + 1));
            return write(named, box(all, Cond.TRUE), value, true);
        }

        private Real real(List<Integer> free, List<Integer> own, int depth) {
            return switch (depth == 0 ? random.nextInt(3) : random.nextInt(10)) {
                case 0, 1 -> read(some(free, own), false);
                case 2 ->
                    free.isEmpty()
                            ? new Real.Constant(random.nextInt(-3, 4) / 4.0)
                            : new Real.FromInt(new Int.Index(free.getFirst()));
                case 3 -> new Real.Unary(Real.Function.ABS, real(free, own, depth - 1));
                case 4, 5 -> {
                    Real.Op[] ops = {Real.Op.ADD, Real.Op.SUBTRACT, Real.Op.MULTIPLY, Real.Op.MIN, Real.Op.MAX};
                    yield new Real.Binary(
                            ops[random.nextInt(ops.length)], real(free, own, depth - 1), real(free, own, depth - 1));
                }
                case 6 -> new Real.Power(real(free, own, 0), random.nextInt(4));
                case 7 -> new Real.Select(condition(free, own), real(free, own, depth - 1), real(free, own, depth - 1));
                case 8 -> new Real.Binary(Real.Op.FLOOR_DIVIDE, real(free, own, 0), real(free, own, 0));
                default -> own.isEmpty() ? reduction(free, depth) : read(some(free, own), false);
            };
        }

        /** Comparisons of what is exact: of sums, rounding could turn them. */
        private Cond condition(List<Integer> free, List<Integer> own) {
            Cond.Relation[] relations = Cond.Relation.values();
            Cond.Relation relation = relations[random.nextInt(relations.length)];
            Cond first = random.nextBoolean() || free.isEmpty()
                    ? new Cond.CompareReals(relation, real(free, own, 0), real(free, own, 0))
                    : Ints.compare(
                            relation,
                            new Int.Index(free.get(random.nextInt(free.size()))),
                            Ints.constant(random.nextInt(4)));
            return switch (random.nextInt(4)) {
                case 0 -> new Cond.Not(first);
                case 1 -> Cond.or(first, condition(free, own));
                case 2 -> Cond.and(first, condition(free, own));
                default -> first;
            };
        }

        private Real reduction(List<Integer> free, int depth) {
            List<Integer> own = indices(1, 2);
            Real.Fold[] folds = {Real.Fold.SUM, Real.Fold.MAX, Real.Fold.MIN, Real.Fold.PRODUCT};
            Real.Fold fold = folds[random.nextInt(folds.length)];
            boolean isGuarded = fold == Real.Fold.SUM && random.nextBoolean();
            Cond guard = isGuarded ? condition(shuffled(free, own), own) : Cond.TRUE;
            return new Real.Reduce(fold, box(own, guard), real(free, own, depth - 1));
        }

        /** Some of the indices, all of the reduction's among them. */
        private List<Integer> some(List<Integer> free, List<Integer> own) {
            List<Integer> chosen = shuffled(free, List.of());
            return shuffled(chosen.subList(0, random.nextInt(chosen.size() + 1)), own);
        }

        private Equation write(List<Integer> named, Box box, Real value, boolean accumulates) {
            List<Integer> dims = named.stream().map(extents::get).toList();
            View target = new View(0, "target", dims);
            List<Int> subscripts = named.stream().<Int>map(Int.Index::new).toList();
            views.put(0, target);
            assignment = new Assignment(target, subscripts, accumulates, box, value, extents.size(), PLACE);
            return this;
        }

        private void run(DType dtype) {
            if (extents.stream().mapToLong(e -> e).reduce(1, (a, b) -> a * b) > 60_000) {
                return;
            }
            Map<Integer, List<Integer>> shapes = new LinkedHashMap<>();
            views.forEach((tensor, view) -> shapes.put(tensor, view.extents()));
            ProgramPlan plan = ProgramPlan.of(new Storages(views.size(), shapes, Map.of()), List.of(assignment), 2);
            Lockstep lockstep = new Lockstep(dtype, views.size(), new FastEvaluator(dtype, plan, WORKERS));
            views.forEach((tensor, view) -> {
                double[] values = new double[view.size()];
                if (tensor != 0) {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) random.nextDouble(-1, 1);
                    }
                }
                lockstep.put(tensor, new Tensor.Doubles(Shape.of(values.length), values), false);
            });
            lockstep.run(assignment);
        }
    }
}
