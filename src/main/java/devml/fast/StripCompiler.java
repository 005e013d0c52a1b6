package devml.fast;

import devml.equation.Affine;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes nodes of expressions, for strips with certain indices in their lanes. */
final class StripCompiler {
    private final LaneShape shape;
    private final Map<Integer, Integer> extents;
    private boolean worksByLane;
    private LaneShape reduced = LaneShape.NONE;

    /** The parts of the expression at hand that are kept, by their numbers. */
    private Map<Real, Integer> kept = Map.of();

    /** Whether what is at hand is the same in all lanes. */
    private boolean inOneLane;

    /**
     * A compiler for strips.
     *
     * @param extents of all indices
     */
    StripCompiler(LaneShape shape, Map<Integer, Integer> extents) {
        this.shape = shape;
        this.extents = extents;
    }

    /** Whether some integer is worked out lane by lane. */
    boolean worksByLane() {
        return worksByLane;
    }

    /** The indices of a reduction that run in the lanes, if those of the equation do not. */
    LaneShape reduced() {
        return reduced;
    }

    /** An expression that is worked out for some lanes, all with the same values of the other indices. */
    RealNode whole(Real e) {
        Map<Real, Integer> before = kept;
        kept = Map.of();
        List<Real> repeated = Repeated.of(e, this::differs, this::differs, this::mayFail);
        if (!repeated.isEmpty()) {
            kept = new HashMap<>();
        }
        List<RealNode> values = new ArrayList<>();
        for (Real part : repeated) {
            values.add(real(part));
            kept.put(part, kept.size());
        }
        RealNode node = real(e);
        kept = before;
        return values.isEmpty() ? node : new RealNode.Let(values, node);
    }

    private RealNode real(Real e) {
        if (!kept.isEmpty() && kept.containsKey(e)) {
            return new RealNode.Kept(kept.get(e));
        }
        if (!isWork(e) || differs(e)) {
            return plain(e);
        }
        return new RealNode.Same(alone(e));
    }

    private static boolean isWork(Real e) {
        return !(e instanceof Real.Constant
                || e instanceof Real.Precise
                || e instanceof Real.FromInt
                || e instanceof Real.Read);
    }

    /** Whether an expression must be worked out in each of the lanes at hand. */
    private boolean differs(Real e) {
        return shape.isNone() || inOneLane || usesLanes(e);
    }

    private boolean differs(Cond c) {
        return shape.isNone() || usesLanes(c);
    }

    private RealNode plain(Real e) {
        return switch (e) {
            case Real.Constant(double value) -> new RealNode.Constant(value);
            case Real.Precise precise -> new RealNode.Constant(precise.nearest());
            case Real.FromInt(Int.Select(Cond condition, Int yes, Int no)) ->
                real(new Real.Select(condition, new Real.FromInt(yes), new Real.FromInt(no)));
            case Real.FromInt(Int value) -> new RealNode.FromInt(integer(value));
            case Real.Read read -> new RealNode.Read(address(new Access(read.view(), read.subscripts())));
            case Real.Unary(Real.Function function, Real operand) -> new RealNode.Unary(function, real(operand));
            case Real.Binary(Real.Op op, Real left, Real right) -> binary(op, left, right);
            case Real.Power(Real base, int exponent) -> new RealNode.Power(real(base), exponent);
            case Real.Detached(Real value, Real _) -> real(value);
            case Real.Select(Cond condition, Real yes, Real no) ->
                differs(condition)
                        ? new RealNode.Select(condition(condition), real(yes), real(no), mayFail(yes) || mayFail(no))
                        : new RealNode.Select(condition(condition), whole(yes), whole(no), false);
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> reduction(fold, box, body);
        };
    }

    private RealNode binary(Real.Op op, Real left, Real right) {
        if (isSame(right)) {
            return new RealNode.BinarySame(op, real(left), alone(right));
        }
        boolean isSymmetric = op == Real.Op.ADD || op == Real.Op.MULTIPLY;
        return isSymmetric && isSame(left)
                ? new RealNode.BinarySame(op, real(right), alone(left))
                : new RealNode.Binary(op, real(left), real(right));
    }

    /** Whether an expression is the same in all of several lanes, and not at hand in them. */
    private boolean isSame(Real e) {
        return !differs(e) && !kept.containsKey(e);
    }

    /** What is the same in all lanes, for one of them. */
    private RealNode alone(Real e) {
        inOneLane = true;
        RealNode node = whole(e);
        inOneLane = false;
        return node;
    }

    /** Whether working an expression out could be an error at some points, or read outside of a tensor. */
    private boolean mayFail(Real e) {
        boolean[] fails = {false};
        Uses.walk(e, part -> fails[0] |= failsItself(part));
        return fails[0];
    }

    /** As {@link #mayFail(Real)}. */
    private boolean mayFail(Cond c) {
        boolean[] fails = {false};
        Uses.walk(c, part -> fails[0] |= failsItself(part));
        return fails[0];
    }

    private boolean failsItself(Value part) {
        return switch (part) {
            case Real.Reduce(Real.Fold fold, Box _, Real _) -> fold == Real.Fold.MAX || fold == Real.Fold.MIN;
            case Real.Read(View view, List<Int> subscripts) -> mayLeave(new Access(view, subscripts));
            case Int.Read(View view, List<Int> subscripts) -> mayLeave(new Access(view, subscripts));
            case Int.Binary binary -> !Affine.of(binary).isOverIndices(); // division by 0, or an overflow
            case Int.ArgReduce _, Int.Reduce _ -> true;
            default -> false;
        };
    }

    private boolean usesLanes(Value e) {
        boolean[] found = {false};
        Uses.indices(e, slot -> found[0] |= shape.slots().contains(slot));
        return found[0];
    }

    private boolean usesLanes(Cond c) {
        boolean[] found = {false};
        Uses.indices(c, slot -> found[0] |= shape.slots().contains(slot));
        return found[0];
    }

    private RealNode reduction(Real.Fold fold, Box box, Real body) {
        return switch (fold) {
            case SUM -> reduction(Fold.SUM, box, body, false, false);
            case PRODUCT -> reduction(Fold.PRODUCT, box, body, false, false);
            case MAX -> reduction(Fold.MAX, box, body, true, false);
            case MIN -> reduction(Fold.MIN, box, body, true, false);
            case LOG_SUM_EXP ->
                new RealNode.LogSumExp(
                        reduction(Fold.MAX, box, body, false, false), reduction(Fold.SUM, box, body, false, true));
        };
    }

    private RealNode reduction(Fold fold, Box box, Real body, boolean needsPoint, boolean exponential) {
        if (!shape.isNone() || box.slots().isEmpty() || box.size() == 0) { // lanes need a point
            Guarded guarded = guarded(box, shape, this);
            return new RealNode.Reduce(fold, guarded.loops, guarded.guards, whole(body), needsPoint, exponential);
        }
        LaneShape own = LaneChoice.within(box, body);
        StripCompiler inside = new StripCompiler(own, extents);
        Guarded guarded = guarded(box, own, inside);
        RealNode values = inside.whole(body);
        reduced = own;
        worksByLane |= inside.worksByLane;
        return new RealNode.ReduceLanes(fold, own, guarded.loops, guarded.guards, values, needsPoint, exponential);
    }

    /** The loops over the indices of a box that do not run in the lanes, and the conditions that they leave open. */
    record Guarded(Loops loops, Guards guards) {}

    Guarded guarded(Box box) {
        return guarded(box, shape, this);
    }

    private static Guarded guarded(Box box, LaneShape shape, StripCompiler conditions) {
        List<Integer> slots = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        for (int i = 0; i < box.slots().size(); i++) {
            if (!shape.slots().contains(box.slots().get(i))) {
                slots.add(box.slots().get(i));
                extents.add(box.extents().get(i));
            }
        }
        List<Linear> bounds = new ArrayList<>();
        List<Linear> ranges = new ArrayList<>();
        List<CondNode> others = new ArrayList<>();
        for (Cond conjunct : Conditions.conjuncts(box.guard())) {
            Optional<List<Linear>> forms = Conditions.forms(conjunct);
            if (forms.isPresent() && forms.get().stream().noneMatch(shape::dependsOn)) {
                bounds.addAll(forms.get());
            } else if (forms.isPresent() && forms.get().stream().allMatch(form -> onlyOnFirst(form, shape))) {
                ranges.addAll(forms.get());
            } else {
                others.add(conditions.condition(conjunct));
            }
        }
        int first = shape.isNone() ? 0 : shape.slots().getFirst();
        return new Guarded(
                new Loops(slots, extents, bounds), new Guards(List.copyOf(ranges), first, shape.inner(), others));
    }

    private static boolean onlyOnFirst(Linear form, LaneShape shape) {
        return shape.slots().stream().skip(1).allMatch(slot -> form.weight(slot) == 0);
    }

    IntNode integer(Int e) {
        Optional<Linear> form = Linear.of(Affine.of(e)).filter(shape::fits);
        if (form.isPresent()) {
            return new IntNode.Affine(e, form.get(), shape.table(form.get()), !shape.dependsOn(form.get()));
        }
        if (!usesLanes(e) && !shape.isNone()) {
            return new IntNode.Uniform(e);
        }
        return switch (e) {
            case Int.Binary(Int.Op op, Int left, Int right) -> new IntNode.Binary(e, op, integer(left), integer(right));
            case Int.Read(var view, List<Int> subscripts) -> new IntNode.Read(e, address(new Access(view, subscripts)));
            case Int.ArgReduce reduction -> argReduce(reduction);
            case Int.Count(Box box) -> {
                Guarded guarded = guarded(box, shape, this);
                yield new IntNode.Count(e, guarded.loops, guarded.guards);
            }
            case Int.Constant _, Int.Index _, Int.Select _, Int.Reduce _ -> {
                worksByLane |= !shape.isNone();
                yield new IntNode.EachLane(e, shape);
            }
        };
    }

    IntNode argReduce(Int.ArgReduce e) {
        Guarded guarded = guarded(e.box(), shape, this);
        Affine place = new Affine(Map.of(), 0);
        for (int i = 0; i < e.box().slots().size(); i++) {
            place = place.times(e.box().extents().get(i))
                    .plus(Affine.of(new Int.Index(e.box().slots().get(i))), 1);
        }
        return new IntNode.ArgReduce(
                e, e.greatest(), guarded.loops, guarded.guards, Linear.of(place).orElseThrow(), whole(e.body()));
    }

    CondNode condition(Cond c) {
        if (!differs(c)) {
            return new CondNode.Uniform(c);
        }
        return switch (c) {
            case Cond.Constant _ -> new CondNode.Uniform(c);
            case Cond.And(Cond left, Cond right) ->
                new CondNode.Both(true, condition(left), condition(right), mayFail(right));
            case Cond.Or(Cond left, Cond right) ->
                new CondNode.Both(false, condition(left), condition(right), mayFail(right));
            case Cond.Not(Cond operand) -> new CondNode.Not(condition(operand));
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) ->
                compareInts(relation, integer(left), integer(right));
            case Cond.CompareReals comparison -> comparison(comparison);
        };
    }

    /** Equality has no sides: the one that is the same in all lanes goes to the right. */
    private static CondNode compareInts(Cond.Relation relation, IntNode left, IntNode right) {
        boolean isSymmetric = relation == Cond.Relation.EQUAL || relation == Cond.Relation.NOT_EQUAL;
        return isSymmetric && left.isUniform()
                ? new CondNode.CompareInts(relation, right, left)
                : new CondNode.CompareInts(relation, left, right);
    }

    CondNode comparison(Cond.CompareReals c) {
        return new CondNode.CompareReals(c.relation(), real(c.left()), real(c.right()));
    }

    Address address(Access access) {
        Affine offset = new Affine(Map.of(), 0);
        List<Address.Searched> rest = new ArrayList<>();
        for (int i = 0; i < access.subscripts().size(); i++) {
            Affine subscript = Affine.of(access.subscripts().get(i));
            int stride = access.stride(i);
            if (subscript.isOverIndices()) {
                offset = offset.plus(subscript, stride);
            } else {
                rest.add(new Address.Searched(
                        integer(access.subscripts().get(i)),
                        access.view().extents().get(i),
                        stride));
            }
        }
        Linear form = Linear.of(offset).orElseThrow();
        return new Address(access, form, LaneRuns.of(form, shape), rest, mayLeave(access));
    }

    /** Whether an access could leave its tensor where conditions do not keep it inside. */
    private boolean mayLeave(Access access) {
        for (int i = 0; i < access.subscripts().size(); i++) {
            Optional<Linear> subscript = Linear.of(Affine.of(access.subscripts().get(i)));
            if (subscript.isEmpty()
                    || (!extents.keySet().containsAll(subscript.get().slotList())
                            || subscript.get().least(extents) < 0
                            || subscript.get().greatest(extents)
                                    >= access.view().extents().get(i))) {
                return true;
            }
        }
        return false;
    }
}
