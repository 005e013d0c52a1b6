package devml.run;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Loop;
import devml.equation.Reach;
import devml.equation.Real;
import devml.equation.Statement;
import devml.equation.Value;
import devml.equation.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds out from a layer's equations how what batches yield makes what all samples yield at once. The equations are bound
 * to two numbers of samples: where the two differ, it is the samples that differ. An index that runs over samples moves on
 * by the same step from each sample to the next, and so must every subscript that reads or writes a sample's elements; then
 * no sample sees another one, and sums over that index add up. What is not understood is {@link Dependence#OTHER}.
 */
final class Additivity {
    private final Map<Integer, TensorDependence> tensors;
    private final Samples samples;
    private int[] extents = {};
    private long[] steps = {};

    /** Whether an index runs over samples where we are: of two, one would see what is another sample to the other. */
    private boolean isInSamples;

    /**
     * @param tensors what is given, by number; what equations set is added
     * @param samples to which the equations are bound
     */
    Additivity(Map<Integer, TensorDependence> tensors, Samples samples) {
        this.tensors = tensors;
        this.samples = samples;
    }

    /** Follows the equations of a layer, bound to either number of samples. */
    void follow(List<Statement> few, List<Statement> more) {
        for (int i = 0; i < few.size(); i++) {
            Statement other = i < more.size() ? more.get(i) : few.get(i);
            switch (few.get(i)) {
                case Assignment a ->
                    set(a, other instanceof Assignment b ? assigned(a, b, Optional.empty()) : TensorDependence.OTHER);
                case Loop a -> loop(a, other);
            }
        }
        if (few.size() != more.size()) {
            tensors.replaceAll((_, _) -> TensorDependence.OTHER);
        }
    }

    private void set(Assignment equation, TensorDependence held) {
        tensors.merge(equation.target().tensor(), held, TensorDependence::and);
    }

    /** What steps hand on to later ones is first taken for what it looks like, until that is what comes out. */
    private void loop(Loop a, Statement other) {
        boolean isSame = other instanceof Loop b
                && a.extent() == b.extent()
                && a.body().size() == b.body().size();
        Map<Integer, TensorDependence> targets = new LinkedHashMap<>();
        for (int i = 0; i < a.body().size(); i++) {
            List<Integer> few = a.body().get(i).target().extents();
            List<Integer> more = isSame ? ((Loop) other).body().get(i).target().extents() : few;
            targets.put(
                    a.body().get(i).target().tensor(),
                    TensorDependence.rows(few, more, samples).orElse(TensorDependence.SHARED));
        }
        for (int round = 0; isSame && round < Dependence.values().length; round++) {
            tensors.putAll(targets);
            Map<Integer, TensorDependence> next = new LinkedHashMap<>();
            for (int i = 0; i < a.body().size(); i++) {
                Assignment equation = a.body().get(i);
                TensorDependence held = assigned(equation, ((Loop) other).body().get(i), Optional.of(a));
                next.merge(equation.target().tensor(), held, TensorDependence::and);
            }
            if (next.equals(targets)) {
                return;
            }
            targets = next;
        }
        targets.keySet().forEach(target -> tensors.put(target, TensorDependence.OTHER));
    }

    private TensorDependence assigned(Assignment a, Assignment b, Optional<Loop> loop) {
        int slots = Math.max(a.slots(), b.slots());
        extents = new int[slots];
        Arrays.fill(extents, 1);
        steps = new long[slots];
        isInSamples = false;
        loop.ifPresent(around -> extents[around.slot()] = around.extent());
        Optional<Boolean> overSamples = enter(a.box(), b.box());
        if (overSamples.isEmpty() || a.accumulates() != b.accumulates() || !isSame(a.target(), b.target())) {
            return TensorDependence.OTHER;
        }
        Dependence guard = of(a.box().guard(), b.box().guard());
        Dependence value = of(a.value(), b.value());
        Dependence place = place(a.target(), b.target(), a.subscripts(), b.subscripts());
        if (!guard.isOfOne() || !place.isOfOne()) {
            return TensorDependence.OTHER;
        }
        Optional<TensorDependence> rows =
                TensorDependence.rows(a.target().extents(), b.target().extents(), samples);
        if (rows.isPresent()) {
            return value.isOfOne() ? rows.get() : TensorDependence.OTHER;
        }
        if (overSamples.get()) {
            return value.isOfOne() && a.accumulates()
                    ? new TensorDependence(Dependence.SUM, 1)
                    : TensorDependence.OTHER;
        }
        return guard == Dependence.SHARED && place == Dependence.SHARED && value != Dependence.ROW
                ? new TensorDependence(value, 1)
                : TensorDependence.OTHER;
    }

    // Places

    /** Whether indices run over samples, which is empty if it is not understood. */
    private Optional<Boolean> enter(Box a, Box b) {
        if (!a.slots().equals(b.slots())) {
            return Optional.empty();
        }
        boolean found = false;
        for (int i = 0; i < a.slots().size(); i++) {
            int slot = a.slots().get(i);
            extents[slot] = a.extents().get(i);
            steps[slot] = 0;
            if (!a.extents().get(i).equals(b.extents().get(i))) {
                if (isInSamples
                        || !samples.areFollowedBy(
                                a.extents().get(i), b.extents().get(i))) {
                    return Optional.empty();
                }
                extents[slot] /= samples.few(); // as far as it runs over one sample
                steps[slot] = extents[slot];
                isInSamples = true;
                found = true;
            }
        }
        return Optional.of(found);
    }

    private static boolean isSame(View a, View b) {
        return a.name().equals(b.name()) && a.extents().size() == b.extents().size();
    }

    /**
     * Whether subscripts stay with the sample: in the dimension of the samples they go on by as much as it has for each,
     * and those of the first sample lie within it.
     */
    private Dependence place(View a, View b, List<Int> subscriptsA, List<Int> subscriptsB) {
        Optional<SampleDimension> dimension = SampleDimension.of(a.extents(), b.extents(), samples);
        if (dimension.isEmpty() && !a.extents().equals(b.extents())) {
            return Dependence.OTHER;
        }
        Dependence kind = Dependence.SHARED;
        for (int i = 0; i < subscriptsA.size(); i++) {
            IntegerDependence subscript = of(subscriptsA.get(i), subscriptsB.get(i));
            boolean isSample = dimension.isPresent() && dimension.get().place() == i;
            long step = isSample ? dimension.get().step() : 0;
            boolean stays = !isSample
                    || new Reach(Arrays.stream(extents).boxed().toList(), List.of())
                            .of(subscriptsA.get(i))
                            .isWithin(0, step - 1);
            if (!subscript.dependence().isOfOne() || subscript.step() != step || !stays) {
                return Dependence.OTHER;
            }
            kind = subscript.dependence() == Dependence.ROW ? Dependence.ROW : kind;
        }
        return kind;
    }

    private Dependence read(View a, View b, List<Int> subscriptsA, List<Int> subscriptsB) {
        TensorDependence held = tensors.getOrDefault(a.tensor(), TensorDependence.OTHER);
        if (!isSame(a, b)) {
            return Dependence.OTHER;
        }
        Dependence place = place(a, b, subscriptsA, subscriptsB);
        Optional<SampleDimension> dimension = SampleDimension.of(a.extents(), b.extents(), samples);
        return switch (held.dependence()) {
            case ROW ->
                dimension.isPresent() && dimension.get().before() == held.before() && place.isOfOne()
                        ? Dependence.ROW
                        : Dependence.OTHER;
            case SHARED -> dimension.isEmpty() && place.isOfOne() ? place : Dependence.OTHER;
            case COUNT, SUM, MEAN ->
                dimension.isEmpty() && place == Dependence.SHARED ? held.dependence() : Dependence.OTHER;
            case OTHER -> Dependence.OTHER;
        };
    }

    // Values

    private Dependence of(Value a, Value b) {
        return switch (a) {
            case Int whole when b instanceof Int other -> of(whole, other).number();
            case Real real when b instanceof Real other -> of(real, other);
            case Int _, Real _ -> Dependence.OTHER;
        };
    }

    private Dependence of(Real a, Real b) {
        if (a.getClass() != b.getClass()) {
            return a instanceof Real.Binary(Real.Op op, Real left, Real right)
                            && constant(right).isPresent()
                    ? unscaled(op, left, constant(right).getAsDouble(), b)
                    : Dependence.OTHER;
        }
        return switch (a) {
            case Real.Constant(double few) -> Dependence.of(few, ((Real.Constant) b).value(), samples);
            case Real.Precise _ -> a.equals(b) ? Dependence.SHARED : Dependence.OTHER;
            case Real.FromInt(Int value) ->
                of(value, ((Real.FromInt) b).value()).number();
            case Real.Read(View view, List<Int> subscripts) ->
                read(view, ((Real.Read) b).view(), subscripts, ((Real.Read) b).subscripts());
            case Real.Unary(Real.Function function, Real operand) -> {
                Dependence kind = of(operand, ((Real.Unary) b).operand());
                boolean isLinear = function == Real.Function.NEGATE;
                yield function == ((Real.Unary) b).function() && (isLinear || kind.isOfOne()) ? kind : Dependence.OTHER;
            }
            case Real.Binary(Real.Op op, Real left, Real right) -> {
                Dependence l = of(left, ((Real.Binary) b).left());
                Dependence r = of(right, ((Real.Binary) b).right());
                yield op == ((Real.Binary) b).op() ? of(op, l, r, left, right) : Dependence.OTHER;
            }
            case Real.Power(Real base, int exponent) -> {
                Dependence kind = of(base, ((Real.Power) b).base());
                yield exponent == ((Real.Power) b).exponent() && kind.isOfOne() ? kind : Dependence.OTHER;
            }
            case Real.Detached(Real value, Real carrier) -> {
                Dependence kind = of(value, ((Real.Detached) b).value());
                Dependence gradient = of(carrier, ((Real.Detached) b).carrier());
                yield gradient == Dependence.SHARED ? kind : kind.plus(gradient);
            }
            case Real.Select(Cond condition, Real yes, Real no) -> {
                Dependence y = of(yes, ((Real.Select) b).yes());
                Dependence n = of(no, ((Real.Select) b).no());
                Dependence either = isZero(yes) ? n : isZero(no) ? y : y.plus(n);
                yield of(condition, ((Real.Select) b).condition()).choosing(either);
            }
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> {
                Real.Reduce other = (Real.Reduce) b;
                yield fold == other.fold() ? reduced(fold, box, other.box(), body, other.body()) : Dependence.OTHER;
            }
        };
    }

    /** Of a product or quotient with a constant that is 1 for the other number of samples, and not written there. */
    private Dependence unscaled(Real.Op op, Real left, double right, Real b) {
        Dependence factor = Dependence.of(right, 1, samples);
        return switch (op) {
            case MULTIPLY -> of(left, b).times(factor);
            case DIVIDE -> of(left, b).over(factor);
            case ADD, SUBTRACT, FLOOR_DIVIDE, POWER, MIN, MAX -> Dependence.OTHER;
        };
    }

    private static boolean isZero(Real value) {
        return constant(value).equals(OptionalDouble.of(0));
    }

    private static OptionalDouble constant(Real value) {
        return switch (value) {
            case Real.Constant(double constant) -> OptionalDouble.of(constant);
            case Real.FromInt(Int.Constant(long whole)) -> OptionalDouble.of((double) whole);
            default -> OptionalDouble.empty();
        };
    }

    private static Dependence of(Real.Op op, Dependence l, Dependence r, Real left, Real right) {
        return switch (op) {
            case ADD, SUBTRACT -> isZero(right) ? l : isZero(left) ? r : l.plus(r);
            case MULTIPLY -> l.times(r);
            case DIVIDE -> l.over(r);
            case FLOOR_DIVIDE, POWER, MIN, MAX -> l.isOfOne() && r.isOfOne() ? l.plus(r) : Dependence.OTHER;
        };
    }

    private Dependence reduced(Real.Fold fold, Box a, Box b, Value bodyA, Value bodyB) {
        boolean outside = isInSamples;
        Optional<Boolean> overSamples = enter(a, b);
        Dependence guard = overSamples.isEmpty() ? Dependence.OTHER : of(a.guard(), b.guard());
        Dependence body = overSamples.isEmpty() ? Dependence.OTHER : of(bodyA, bodyB);
        isInSamples = outside;
        if (!guard.isOfOne()) {
            return Dependence.OTHER;
        }
        if (overSamples.orElse(false)) {
            return fold == Real.Fold.SUM && body.isOfOne() ? Dependence.SUM : Dependence.OTHER;
        }
        if (body.isOfOne()) {
            return guard.plus(body);
        }
        return fold == Real.Fold.SUM && guard == Dependence.SHARED ? body : Dependence.OTHER;
    }

    // Integers

    private IntegerDependence of(Int a, Int b) {
        if (a.getClass() != b.getClass()) {
            return IntegerDependence.OTHER;
        }
        return switch (a) {
            case Int.Constant(long few) ->
                new IntegerDependence(Dependence.of((double) few, (double) ((Int.Constant) b).value(), samples), 0);
            case Int.Index(int slot) -> {
                boolean isSample = steps[slot] != 0;
                yield a.equals(b)
                        ? new IntegerDependence(isSample ? Dependence.ROW : Dependence.SHARED, steps[slot])
                        : IntegerDependence.OTHER;
            }
            case Int.Binary(Int.Op op, Int left, Int right) -> {
                IntegerDependence l = of(left, ((Int.Binary) b).left());
                IntegerDependence r = of(right, ((Int.Binary) b).right());
                yield op == ((Int.Binary) b).op()
                        ? IntegerDependence.of(op, l, r, left, right)
                        : IntegerDependence.OTHER;
            }
            case Int.Select(Cond condition, Int yes, Int no) -> {
                IntegerDependence y = of(yes, ((Int.Select) b).yes());
                IntegerDependence n = of(no, ((Int.Select) b).no());
                Dependence kind = of(condition, ((Int.Select) b).condition())
                        .choosing(y.dependence().plus(n.dependence()));
                yield y.step() == n.step() ? new IntegerDependence(kind, y.step()) : IntegerDependence.OTHER;
            }
            case Int.Read(View view, List<Int> subscripts) ->
                new IntegerDependence(read(view, ((Int.Read) b).view(), subscripts, ((Int.Read) b).subscripts()), 0);
            case Int.Count(Box box) -> new IntegerDependence(count(box, ((Int.Count) b).box()), 0);
            case Int.ArgReduce(boolean greatest, Box box, Real body) -> {
                Int.ArgReduce other = (Int.ArgReduce) b;
                Dependence kind = reduced(Real.Fold.MAX, box, other.box(), body, other.body());
                yield new IntegerDependence(greatest == other.greatest() ? kind : Dependence.OTHER, 0);
            }
            case Int.Reduce(Real.Fold fold, Box box, Int body) -> {
                Int.Reduce other = (Int.Reduce) b;
                Dependence kind = reduced(fold, box, other.box(), body, other.body());
                yield new IntegerDependence(fold == other.fold() ? kind : Dependence.OTHER, 0);
            }
        };
    }

    private Dependence count(Box a, Box b) {
        Int one = new Int.Constant(1);
        Dependence kind = reduced(Real.Fold.SUM, a, b, one, one);
        return kind == Dependence.SUM
                        && a.guard().equals(Cond.TRUE)
                        && b.guard().equals(Cond.TRUE)
                ? Dependence.COUNT
                : kind;
    }

    // Conditions

    private Dependence of(Cond a, Cond b) {
        if (a.getClass() != b.getClass()) {
            return Dependence.OTHER;
        }
        return switch (a) {
            case Cond.Constant _ -> a.equals(b) ? Dependence.SHARED : Dependence.OTHER;
            case Cond.And(Cond left, Cond right) -> both(left, ((Cond.And) b).left(), right, ((Cond.And) b).right());
            case Cond.Or(Cond left, Cond right) -> both(left, ((Cond.Or) b).left(), right, ((Cond.Or) b).right());
            case Cond.Not(Cond operand) -> of(operand, ((Cond.Not) b).operand());
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) -> {
                Cond.CompareInts other = (Cond.CompareInts) b;
                IntegerDependence l = of(left, other.left());
                IntegerDependence r = of(right, other.right());
                yield relation == other.relation() && l.step() == r.step()
                        ? l.dependence().beside(r.dependence())
                        : Dependence.OTHER;
            }
            case Cond.CompareReals(Cond.Relation relation, Real left, Real right) -> {
                Cond.CompareReals other = (Cond.CompareReals) b;
                Dependence kind = of(left, other.left()).beside(of(right, other.right()));
                yield relation == other.relation() ? kind : Dependence.OTHER;
            }
        };
    }

    private Dependence both(Cond leftA, Cond leftB, Cond rightA, Cond rightB) {
        return of(leftA, leftB).beside(of(rightA, rightB));
    }
}
