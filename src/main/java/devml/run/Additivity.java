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

/**
 * Finds out from a layer's equations how what batches yield makes what all samples yield at once. The equations are bound
 * to two numbers of samples: where the two differ, it is the samples that differ. An index that runs over samples moves on
 * by the same step from each sample to the next, and so must every subscript that reads or writes a sample's elements; then
 * no sample sees another one, and sums over that index add up. What is not understood is {@link Kind#OTHER}.
 */
final class Additivity {
    /** The two numbers of samples. */
    static final int FEW = 7;

    static final int MORE = 11;

    /** How a value of all samples comes about. */
    enum Kind {
        /** The same whatever the samples are. */
        SHARED,
        /** A shared number times the number of samples. */
        COUNT,
        /** Of each sample by itself. */
        ROW,
        /** The values of all batches add up to it. */
        SUM,
        /** It is the mean of the values of all batches, each counted by its share of the samples. */
        MEAN,
        OTHER;

        private boolean isOfOne() {
            return this == SHARED || this == ROW;
        }
    }

    /**
     * A tensor.
     *
     * @param before if it has rows for samples, how many elements the dimensions before that of the samples have
     */
    record Held(Kind kind, long before) {
        static final Held OTHER = new Held(Kind.OTHER, 1);
        static final Held SHARED = new Held(Kind.SHARED, 1);

        /** A tensor that depends on the samples, by its shape for either number of them. */
        static Optional<Held> rows(List<Integer> few, List<Integer> more) {
            return Dimension.of(few, more).map(samples -> new Held(Kind.ROW, samples.before));
        }
    }

    /** The dimension that grows with the samples: its place, its extent for each, and the extents before it. */
    private record Dimension(int place, long step, long before) {
        static Optional<Dimension> of(List<Integer> few, List<Integer> more) {
            Optional<Dimension> found = Optional.empty();
            long before = 1;
            for (int i = 0; i < few.size() && few.size() == more.size(); i++) {
                if (!few.get(i).equals(more.get(i))) {
                    if (found.isPresent() || !isPerSample(few.get(i), more.get(i))) {
                        return Optional.empty();
                    }
                    found = Optional.of(new Dimension(i, few.get(i) / FEW, before));
                }
                before *= few.get(i);
            }
            return found;
        }
    }

    /** An integer: how much more it is for each next sample. */
    private record Whole(Kind kind, long step) {
        static final Whole OTHER = new Whole(Kind.OTHER, 0);
    }

    private final Map<Integer, Held> tensors;
    private int[] extents = {};
    private long[] steps = {};

    /** Whether an index runs over samples where we are: of two, one would see what is another sample to the other. */
    private boolean isInSamples;

    /** @param tensors what is given, by number; what equations set is added */
    Additivity(Map<Integer, Held> tensors) {
        this.tensors = tensors;
    }

    private static boolean isPerSample(long few, long more) {
        return few % FEW == 0 && few * MORE == more * FEW;
    }

    /** Follows the equations of a layer, bound to either number of samples. */
    void follow(List<Statement> few, List<Statement> more) {
        for (int i = 0; i < few.size(); i++) {
            Statement other = i < more.size() ? more.get(i) : few.get(i);
            switch (few.get(i)) {
                case Assignment a ->
                    set(a, other instanceof Assignment b ? assigned(a, b, Optional.empty()) : Held.OTHER);
                case Loop a -> loop(a, other);
            }
        }
        if (few.size() != more.size()) {
            tensors.replaceAll((_, _) -> Held.OTHER);
        }
    }

    private void set(Assignment equation, Held held) {
        tensors.merge(equation.target().tensor(), held, Additivity::both);
    }

    private static Held both(Held a, Held b) {
        Kind kind = sum(a.kind, b.kind);
        return kind == Kind.ROW && (a.kind != b.kind || a.before != b.before) ? Held.OTHER : new Held(kind, a.before);
    }

    /** What steps hand on to later ones is first taken for what it looks like, until that is what comes out. */
    private void loop(Loop a, Statement other) {
        boolean isSame = other instanceof Loop b
                && a.extent() == b.extent()
                && a.body().size() == b.body().size();
        Map<Integer, Held> targets = new LinkedHashMap<>();
        for (int i = 0; i < a.body().size(); i++) {
            List<Integer> few = a.body().get(i).target().extents();
            List<Integer> more = isSame ? ((Loop) other).body().get(i).target().extents() : few;
            targets.put(a.body().get(i).target().tensor(), Held.rows(few, more).orElse(Held.SHARED));
        }
        for (int round = 0; isSame && round < Kind.values().length; round++) {
            tensors.putAll(targets);
            Map<Integer, Held> next = new LinkedHashMap<>();
            for (int i = 0; i < a.body().size(); i++) {
                Assignment equation = a.body().get(i);
                Held held = assigned(equation, ((Loop) other).body().get(i), Optional.of(a));
                next.merge(equation.target().tensor(), held, Additivity::both);
            }
            if (next.equals(targets)) {
                return;
            }
            targets = next;
        }
        targets.keySet().forEach(target -> tensors.put(target, Held.OTHER));
    }

    private Held assigned(Assignment a, Assignment b, Optional<Loop> loop) {
        int slots = Math.max(a.slots(), b.slots());
        extents = new int[slots];
        Arrays.fill(extents, 1);
        steps = new long[slots];
        isInSamples = false;
        loop.ifPresent(around -> extents[around.slot()] = around.extent());
        Optional<Boolean> samples = enter(a.box(), b.box());
        if (samples.isEmpty() || a.accumulates() != b.accumulates() || !isSame(a.target(), b.target())) {
            return Held.OTHER;
        }
        Kind guard = of(a.box().guard(), b.box().guard());
        Kind value = of(a.value(), b.value());
        Kind place = place(a.target(), b.target(), a.subscripts(), b.subscripts());
        if (!guard.isOfOne() || !place.isOfOne()) {
            return Held.OTHER;
        }
        Optional<Held> rows = Held.rows(a.target().extents(), b.target().extents());
        if (rows.isPresent()) {
            return value.isOfOne() ? rows.get() : Held.OTHER;
        }
        if (samples.get()) {
            return value.isOfOne() && a.accumulates() ? new Held(Kind.SUM, 1) : Held.OTHER;
        }
        return guard == Kind.SHARED && place == Kind.SHARED && value != Kind.ROW ? new Held(value, 1) : Held.OTHER;
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
                if (isInSamples || !isPerSample(a.extents().get(i), b.extents().get(i))) {
                    return Optional.empty();
                }
                extents[slot] /= FEW; // as far as it runs over one sample
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
    private Kind place(View a, View b, List<Int> subscriptsA, List<Int> subscriptsB) {
        Optional<Dimension> samples = Dimension.of(a.extents(), b.extents());
        if (samples.isEmpty() && !a.extents().equals(b.extents())) {
            return Kind.OTHER;
        }
        Kind kind = Kind.SHARED;
        for (int i = 0; i < subscriptsA.size(); i++) {
            Whole subscript = of(subscriptsA.get(i), subscriptsB.get(i));
            boolean isSample = samples.isPresent() && samples.get().place == i;
            long step = isSample ? samples.get().step : 0;
            boolean stays = !isSample
                    || new Reach(Arrays.stream(extents).boxed().toList(), List.of())
                            .of(subscriptsA.get(i))
                            .isWithin(0, step - 1);
            if (!subscript.kind.isOfOne() || subscript.step != step || !stays) {
                return Kind.OTHER;
            }
            kind = subscript.kind == Kind.ROW ? Kind.ROW : kind;
        }
        return kind;
    }

    private Kind read(View a, View b, List<Int> subscriptsA, List<Int> subscriptsB) {
        Held held = tensors.getOrDefault(a.tensor(), Held.OTHER);
        if (!isSame(a, b)) {
            return Kind.OTHER;
        }
        Kind place = place(a, b, subscriptsA, subscriptsB);
        Optional<Dimension> samples = Dimension.of(a.extents(), b.extents());
        return switch (held.kind) {
            case ROW ->
                samples.isPresent() && samples.get().before == held.before && place.isOfOne() ? Kind.ROW : Kind.OTHER;
            case SHARED -> samples.isEmpty() && place.isOfOne() ? place : Kind.OTHER;
            case COUNT, SUM, MEAN -> samples.isEmpty() && place == Kind.SHARED ? held.kind : Kind.OTHER;
            case OTHER -> Kind.OTHER;
        };
    }

    // Values

    private Kind of(Value a, Value b) {
        return switch (a) {
            case Int whole when b instanceof Int other -> number(of(whole, other));
            case Real real when b instanceof Real other -> of(real, other);
            case Int _, Real _ -> Kind.OTHER;
        };
    }

    /** As a number, the place of a sample among all would be another one in a batch. */
    private static Kind number(Whole whole) {
        return whole.step == 0 ? whole.kind : Kind.OTHER;
    }

    private Kind of(Real a, Real b) {
        if (a.getClass() != b.getClass()) {
            return Kind.OTHER;
        }
        return switch (a) {
            case Real.Constant(double few) -> constant(few, ((Real.Constant) b).value());
            case Real.Precise _ -> a.equals(b) ? Kind.SHARED : Kind.OTHER;
            case Real.FromInt(Int value) -> number(of(value, ((Real.FromInt) b).value()));
            case Real.Read(View view, List<Int> subscripts) ->
                read(view, ((Real.Read) b).view(), subscripts, ((Real.Read) b).subscripts());
            case Real.Unary(Real.Function function, Real operand) -> {
                Kind kind = of(operand, ((Real.Unary) b).operand());
                boolean isLinear = function == Real.Function.NEGATE;
                yield function == ((Real.Unary) b).function() && (isLinear || kind.isOfOne()) ? kind : Kind.OTHER;
            }
            case Real.Binary(Real.Op op, Real left, Real right) -> {
                Kind l = of(left, ((Real.Binary) b).left());
                Kind r = of(right, ((Real.Binary) b).right());
                yield op == ((Real.Binary) b).op() ? of(op, l, r, left, right) : Kind.OTHER;
            }
            case Real.Power(Real base, int exponent) -> {
                Kind kind = of(base, ((Real.Power) b).base());
                yield exponent == ((Real.Power) b).exponent() && kind.isOfOne() ? kind : Kind.OTHER;
            }
            case Real.Detached(Real value, Real carrier) -> {
                Kind kind = of(value, ((Real.Detached) b).value());
                Kind gradient = of(carrier, ((Real.Detached) b).carrier());
                yield gradient == Kind.SHARED ? kind : sum(kind, gradient);
            }
            case Real.Select(Cond condition, Real yes, Real no) -> {
                Kind y = of(yes, ((Real.Select) b).yes());
                Kind n = of(no, ((Real.Select) b).no());
                Kind either = isZero(yes) ? n : isZero(no) ? y : sum(y, n);
                yield chosen(of(condition, ((Real.Select) b).condition()), either);
            }
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> {
                Real.Reduce other = (Real.Reduce) b;
                yield fold == other.fold() ? reduced(fold, box, other.box(), body, other.body()) : Kind.OTHER;
            }
        };
    }

    private static boolean isZero(Real value) {
        return (value instanceof Real.Constant(double constant) && constant == 0)
                || (value instanceof Real.FromInt(Int.Constant(long whole)) && whole == 0);
    }

    private static Kind constant(double few, double more) {
        if (Double.compare(few, more) == 0) {
            return Kind.SHARED;
        }
        return few * MORE == more * FEW ? Kind.COUNT : Kind.OTHER;
    }

    private static Kind of(Real.Op op, Kind l, Kind r, Real left, Real right) {
        return switch (op) {
            case ADD, SUBTRACT -> isZero(right) ? l : isZero(left) ? r : sum(l, r);
            case MULTIPLY -> product(l, r);
            case DIVIDE -> quotient(l, r);
            case FLOOR_DIVIDE, POWER, MIN, MAX -> l.isOfOne() && r.isOfOne() ? sum(l, r) : Kind.OTHER;
        };
    }

    private static Kind sum(Kind l, Kind r) {
        if (l == r) {
            return l;
        }
        if (l.isOfOne() && r.isOfOne()) {
            return Kind.ROW;
        }
        if (is(l, r, Kind.SUM, Kind.COUNT)) {
            return Kind.SUM;
        }
        return is(l, r, Kind.MEAN, Kind.SHARED) ? Kind.MEAN : Kind.OTHER;
    }

    private static boolean is(Kind l, Kind r, Kind one, Kind other) {
        return (l == one && r == other) || (l == other && r == one);
    }

    private static Kind product(Kind l, Kind r) {
        if (l == Kind.SHARED || r == Kind.SHARED) {
            return l == Kind.SHARED ? r : l;
        }
        return l == Kind.ROW && r == Kind.ROW ? Kind.ROW : Kind.OTHER;
    }

    private static Kind quotient(Kind l, Kind r) {
        if (r == Kind.SHARED) {
            return l;
        }
        if (r == Kind.COUNT) {
            return l == Kind.SUM ? Kind.MEAN : l == Kind.COUNT ? Kind.SHARED : Kind.OTHER;
        }
        return l.isOfOne() && r == Kind.ROW ? Kind.ROW : Kind.OTHER;
    }

    private static Kind chosen(Kind condition, Kind either) {
        return switch (condition) {
            case SHARED -> either;
            case ROW -> either.isOfOne() ? Kind.ROW : Kind.OTHER;
            case COUNT, SUM, MEAN, OTHER -> Kind.OTHER;
        };
    }

    private Kind reduced(Real.Fold fold, Box a, Box b, Value bodyA, Value bodyB) {
        boolean outside = isInSamples;
        Optional<Boolean> samples = enter(a, b);
        Kind guard = samples.isEmpty() ? Kind.OTHER : of(a.guard(), b.guard());
        Kind body = samples.isEmpty() ? Kind.OTHER : of(bodyA, bodyB);
        isInSamples = outside;
        if (!guard.isOfOne()) {
            return Kind.OTHER;
        }
        if (samples.orElse(false)) {
            return fold == Real.Fold.SUM && body.isOfOne() ? Kind.SUM : Kind.OTHER;
        }
        if (body.isOfOne()) {
            return sum(guard, body);
        }
        return fold == Real.Fold.SUM && guard == Kind.SHARED ? body : Kind.OTHER;
    }

    // Integers

    private Whole of(Int a, Int b) {
        if (a.getClass() != b.getClass()) {
            return Whole.OTHER;
        }
        return switch (a) {
            case Int.Constant(long few) -> new Whole(constant((double) few, (double) ((Int.Constant) b).value()), 0);
            case Int.Index(int slot) -> {
                boolean isSample = steps[slot] != 0;
                yield a.equals(b) ? new Whole(isSample ? Kind.ROW : Kind.SHARED, steps[slot]) : Whole.OTHER;
            }
            case Int.Binary(Int.Op op, Int left, Int right) -> {
                Whole l = of(left, ((Int.Binary) b).left());
                Whole r = of(right, ((Int.Binary) b).right());
                yield op == ((Int.Binary) b).op() ? of(op, l, r, left, right) : Whole.OTHER;
            }
            case Int.Select(Cond condition, Int yes, Int no) -> {
                Whole y = of(yes, ((Int.Select) b).yes());
                Whole n = of(no, ((Int.Select) b).no());
                Kind kind = chosen(of(condition, ((Int.Select) b).condition()), sum(y.kind, n.kind));
                yield y.step == n.step ? new Whole(kind, y.step) : Whole.OTHER;
            }
            case Int.Read(View view, List<Int> subscripts) ->
                new Whole(read(view, ((Int.Read) b).view(), subscripts, ((Int.Read) b).subscripts()), 0);
            case Int.Count(Box box) -> new Whole(count(box, ((Int.Count) b).box()), 0);
            case Int.ArgReduce(boolean greatest, Box box, Real body) -> {
                Int.ArgReduce other = (Int.ArgReduce) b;
                Kind kind = reduced(Real.Fold.MAX, box, other.box(), body, other.body());
                yield new Whole(greatest == other.greatest() ? kind : Kind.OTHER, 0);
            }
            case Int.Reduce(Real.Fold fold, Box box, Int body) -> {
                Int.Reduce other = (Int.Reduce) b;
                Kind kind = reduced(fold, box, other.box(), body, other.body());
                yield new Whole(fold == other.fold() ? kind : Kind.OTHER, 0);
            }
        };
    }

    private Kind count(Box a, Box b) {
        Int one = new Int.Constant(1);
        Kind kind = reduced(Real.Fold.SUM, a, b, one, one);
        return kind == Kind.SUM && a.guard().equals(Cond.TRUE) && b.guard().equals(Cond.TRUE) ? Kind.COUNT : kind;
    }

    private static Whole of(Int.Op op, Whole l, Whole r, Int left, Int right) {
        if (!l.kind.isOfOne() || !r.kind.isOfOne()) {
            Kind kind = switch (op) {
                case ADD, SUBTRACT -> sum(l.kind, r.kind);
                case MULTIPLY -> product(l.kind, r.kind);
                case FLOOR_DIVIDE, MODULO, MIN, MAX -> Kind.OTHER;
            };
            return l.step == 0 && r.step == 0 ? new Whole(kind, 0) : Whole.OTHER;
        }
        Optional<Long> step = switch (op) {
            case ADD -> Optional.of(l.step + r.step);
            case SUBTRACT -> Optional.of(l.step - r.step);
            case MULTIPLY -> multiplied(l.step, r.step, left, right);
            case FLOOR_DIVIDE -> divided(l.step, r.step, right);
            case MODULO -> divided(l.step, r.step, right).map(_ -> 0L);
            case MIN, MAX -> Optional.of(l.step).filter(both -> both == r.step);
        };
        return step.map(s -> new Whole(sum(l.kind, r.kind), s)).orElse(Whole.OTHER);
    }

    private static Optional<Long> multiplied(long l, long r, Int left, Int right) {
        if (l == 0 && r == 0) {
            return Optional.of(0L);
        }
        if (right instanceof Int.Constant(long factor)) {
            return Optional.of(l * factor);
        }
        return left instanceof Int.Constant(long factor) ? Optional.of(r * factor) : Optional.empty();
    }

    private static Optional<Long> divided(long l, long r, Int right) {
        if (l == 0 && r == 0) {
            return Optional.of(0L);
        }
        return right instanceof Int.Constant(long divisor) && divisor > 0 && l % divisor == 0
                ? Optional.of(l / divisor)
                : Optional.empty();
    }

    // Conditions

    private Kind of(Cond a, Cond b) {
        if (a.getClass() != b.getClass()) {
            return Kind.OTHER;
        }
        return switch (a) {
            case Cond.Constant _ -> a.equals(b) ? Kind.SHARED : Kind.OTHER;
            case Cond.And(Cond left, Cond right) -> both(left, ((Cond.And) b).left(), right, ((Cond.And) b).right());
            case Cond.Or(Cond left, Cond right) -> both(left, ((Cond.Or) b).left(), right, ((Cond.Or) b).right());
            case Cond.Not(Cond operand) -> of(operand, ((Cond.Not) b).operand());
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) -> {
                Cond.CompareInts other = (Cond.CompareInts) b;
                Whole l = of(left, other.left());
                Whole r = of(right, other.right());
                yield relation == other.relation() && l.step == r.step ? condition(l.kind, r.kind) : Kind.OTHER;
            }
            case Cond.CompareReals(Cond.Relation relation, Real left, Real right) -> {
                Cond.CompareReals other = (Cond.CompareReals) b;
                Kind kind = condition(of(left, other.left()), of(right, other.right()));
                yield relation == other.relation() ? kind : Kind.OTHER;
            }
        };
    }

    private Kind both(Cond leftA, Cond leftB, Cond rightA, Cond rightB) {
        return condition(of(leftA, leftB), of(rightA, rightB));
    }

    private static Kind condition(Kind l, Kind r) {
        return l.isOfOne() && r.isOfOne() ? sum(l, r) : Kind.OTHER;
    }
}
