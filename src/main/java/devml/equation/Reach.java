package devml.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Bounds the values that an integer expression can take, given the extents of the indices and the conditions around the
 * expression; the binder proves with it that subscripts stay inside their tensors. Exact for affine expressions without
 * conditions; otherwise the result may be wider than need be, never narrower.
 *
 * @param extents the extent of each index, by slot
 * @param facts inequalities that hold at every point considered
 */
public record Reach(List<Integer> extents, List<Fact> facts) {

    /** {@code sum <= limit}, where the constant of the sum is 0. */
    public record Fact(Affine sum, long limit) {}

    /** Returns what a condition implies: the integer comparisons among its conjuncts. */
    public static List<Fact> facts(Cond condition) {
        List<Fact> facts = new ArrayList<>();
        collect(condition, facts);
        return facts;
    }

    private static void collect(Cond condition, List<Fact> facts) {
        switch (condition) {
            case Cond.And(Cond left, Cond right) -> {
                collect(left, facts);
                collect(right, facts);
            }
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) -> {
                switch (relation) {
                    case LESS -> facts.add(atMost(left, right, -1));
                    case LESS_EQUAL -> facts.add(atMost(left, right, 0));
                    case EQUAL -> {
                        facts.add(atMost(left, right, 0));
                        facts.add(atMost(right, left, 0));
                    }
                    case NOT_EQUAL -> {}
                }
            }
            case Cond.Not(Cond.Or(Cond left, Cond right)) -> {
                collect(Cond.not(left), facts);
                collect(Cond.not(right), facts);
            }
            case Cond.Not(Cond.CompareInts(Cond.Relation relation, Int left, Int right)) -> {
                switch (relation) {
                    case LESS -> facts.add(atMost(right, left, 0));
                    case LESS_EQUAL -> facts.add(atMost(right, left, -1));
                    case NOT_EQUAL -> collect(new Cond.CompareInts(Cond.Relation.EQUAL, left, right), facts);
                    case EQUAL -> {}
                }
            }
            case Cond.Constant _, Cond.Or _, Cond.Not _, Cond.CompareReals _ -> {}
        }
    }

    /** {@code left <= right + more}. */
    private static Fact atMost(Int left, Int right, long more) {
        Affine difference = Affine.of(List.of(left, right), 1, -1);
        return new Fact(new Affine(difference.weights(), 0), more - difference.constant());
    }

    /** Returns the values that an expression can take. */
    public Interval of(Int e) {
        Affine affine = Affine.of(e);
        Interval reach = anywhere(affine);
        for (Fact fact : facts) {
            if (fact.sum().weights().equals(affine.weights())) {
                reach = reach.intersect(new Interval(Interval.ANY.low(), fact.limit() + affine.constant()));
            } else if (fact.sum().times(-1).weights().equals(affine.weights())) {
                reach = reach.intersect(new Interval(affine.constant() - fact.limit(), Interval.ANY.high()));
            }
        }
        return reach;
    }

    /**
     * Whether the facts contradict each other or the extents. Then there is no point, and nothing can leave its tensor.
     */
    public boolean isNowhere() {
        return facts.stream().anyMatch(fact -> least(fact.sum()) > fact.limit());
    }

    /** What a sum is at least, by the extents of the indices or by a condition on it. */
    private long least(Affine sum) {
        long least = anywhere(sum).low();
        for (Fact fact : facts) {
            if (fact.sum().times(-1).weights().equals(sum.weights())) {
                least = Math.max(least, -fact.limit());
            }
        }
        return least;
    }

    /** The values regardless of the facts. */
    private Interval anywhere(Affine affine) {
        Interval reach = Interval.of(affine.constant());
        for (Map.Entry<Int, Long> term : affine.weights().entrySet()) {
            Interval scaled = Interval.apply(Int.Op.MULTIPLY, atom(term.getKey()), Interval.of(term.getValue()));
            reach = Interval.apply(Int.Op.ADD, reach, scaled);
        }
        return reach;
    }

    private Interval atom(Int e) {
        return switch (e) {
            case Int.Constant(long value) -> Interval.of(value);
            case Int.Index(int slot) -> new Interval(0, Math.max(extents.get(slot), 1) - 1L);
            case Int.Binary(Int.Op op, Int left, Int right) -> Interval.apply(op, of(left), of(right));
            case Int.Select(Cond _, Int yes, Int no) -> of(yes).join(of(no));
            case Int.Count(Box box) -> new Interval(0, box.size());
            case Int.ArgReduce reduction ->
                new Interval(0, Math.max(reduction.box().size(), 1) - 1);
            case Int.Reduce _, Int.Read _ -> Interval.ANY;
        };
    }
}
