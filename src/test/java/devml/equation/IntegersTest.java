package devml.equation;

import static devml.equation.Ints.add;
import static devml.equation.Ints.constant;
import static devml.equation.Ints.multiply;
import static devml.equation.Ints.subtract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.equation.Cond.Relation;
import devml.equation.Int.Op;
import devml.equation.Reach.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Integer expressions: made, taken apart, bounded. */
class IntegersTest {
    private static final Int I = new Int.Index(0);
    private static final Int J = new Int.Index(1);
    private static final View DATA = new View(0, "data", List.of(4));

    /** Integers without data. */
    private static final class Pure extends Integers {
        Pure(long... values) {
            super(values.length);
            System.arraycopy(values, 0, index, 0, values.length);
        }

        @Override
        protected long read(Int.Read read) {
            throw new AssertionError();
        }

        @Override
        protected boolean compare(Cond.CompareReals comparison) {
            throw new AssertionError();
        }

        @Override
        protected long argReduce(Int.ArgReduce reduction) {
            throw new AssertionError();
        }
    }

    // Ints

    @ParameterizedTest
    @CsvSource({
        "ADD, 5, -7, -2",
        "SUBTRACT, 5, -7, 12",
        "MULTIPLY, 5, -7, -35",
        "FLOOR_DIVIDE, 7, 2, 3",
        "FLOOR_DIVIDE, -7, 2, -4",
        "FLOOR_DIVIDE, 7, -2, -4",
        "MODULO, 7, 3, 1",
        "MODULO, -7, 3, 2",
        "MODULO, 7, -3, -2",
        "MIN, 5, -7, -7",
        "MAX, 5, -7, 5"
    })
    void constantsAreWorkedOut(Op op, long left, long right, long result) {
        assertThat(Ints.apply(op, constant(left), constant(right))).isEqualTo(constant(result));
    }

    @Test
    void overflowAndDivisionByZeroAreErrors() {
        assertThatThrownBy(() -> add(constant(Long.MAX_VALUE), constant(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Ints.apply(Op.MODULO, constant(1), constant(0)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Pure(Long.MIN_VALUE).integer(subtract(constant(0), I)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void stepsThatChangeNothingAreLeftOut() {
        assertThat(add(I, constant(0))).isSameAs(I);
        assertThat(add(constant(0), I)).isSameAs(I);
        assertThat(subtract(I, constant(0))).isSameAs(I);
        assertThat(subtract(constant(0), I)).isEqualTo(new Int.Binary(Op.SUBTRACT, constant(0), I));
        assertThat(multiply(I, constant(1))).isSameAs(I);
        assertThat(multiply(constant(1), I)).isSameAs(I);
        assertThat(multiply(I, constant(0))).isEqualTo(constant(0));
        assertThat(Ints.apply(Op.FLOOR_DIVIDE, I, constant(1))).isSameAs(I);
        assertThat(Ints.apply(Op.MODULO, I, constant(1))).isEqualTo(constant(0));
        assertThat(Ints.apply(Op.MIN, I, constant(0))).isEqualTo(new Int.Binary(Op.MIN, I, constant(0)));
        assertThat(Ints.compare(Relation.LESS, constant(1), constant(2))).isEqualTo(Cond.TRUE);
        assertThat(Ints.inside(constant(3), 3)).isEqualTo(Cond.FALSE);
        assertThat(Ints.inside(constant(2), 3)).isEqualTo(Cond.TRUE);
    }

    @Test
    void conditionsAreJoinedWithoutWhatIsDecided() {
        Cond c = new Cond.CompareInts(Relation.LESS, I, J);
        assertThat(Cond.and(Cond.TRUE, c)).isSameAs(c);
        assertThat(Cond.and(c, Cond.TRUE)).isSameAs(c);
        assertThat(Cond.and(Cond.FALSE, c)).isEqualTo(Cond.FALSE);
        assertThat(Cond.and(c, Cond.FALSE)).isEqualTo(Cond.FALSE);
        assertThat(Cond.or(Cond.FALSE, c)).isSameAs(c);
        assertThat(Cond.or(c, Cond.FALSE)).isSameAs(c);
        assertThat(Cond.or(Cond.TRUE, c)).isEqualTo(Cond.TRUE);
        assertThat(Cond.or(c, Cond.TRUE)).isEqualTo(Cond.TRUE);
        assertThat(Cond.not(Cond.TRUE)).isEqualTo(Cond.FALSE);
        assertThat(Cond.not(Cond.not(c))).isSameAs(c);
    }

    // Affine

    @Test
    void anAffineExpressionIsASumOfAtoms() {
        Int e = subtract(add(multiply(constant(2), I), multiply(J, constant(3))), add(I, constant(4)));
        assertThat(Affine.of(e)).isEqualTo(new Affine(Map.of(I, 1L, J, 3L), -4));
        assertThat(Affine.of(e).isOverIndices()).isTrue();
        assertThat(Affine.of(subtract(I, I))).isEqualTo(new Affine(Map.of(), 0));
        assertThat(Affine.of(multiply(constant(2), subtract(I, constant(3))))).isEqualTo(new Affine(Map.of(I, 2L), -6));
    }

    @Test
    void whatIsNotAffineIsAnAtom() {
        Int product = multiply(I, J);
        Affine affine = Affine.of(add(product, I));
        assertThat(affine).isEqualTo(new Affine(Map.of(product, 1L, I, 1L), 0));
        assertThat(affine.isOverIndices()).isFalse();
    }

    // Interval and Reach

    @ParameterizedTest
    @EnumSource(Op.class)
    void anIntervalHoldsEveryResult(Op op) {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            Interval a = interval(random);
            Interval b = interval(random);
            Interval results = Interval.apply(op, a, b);
            for (long x = a.low(); x <= a.high(); x++) {
                for (long y = b.low(); y <= b.high(); y++) {
                    if (y != 0 || (op != Op.FLOOR_DIVIDE && op != Op.MODULO)) {
                        long result = Integers.apply(op, x, y);
                        assertThat(results.isWithin(result, result)
                                        || (results.low() <= result && result <= results.high()))
                                .as("%s %s %s is %s, in %s", x, op, y, result, results)
                                .isTrue();
                    }
                }
            }
        }
    }

    private static Interval interval(Random random) {
        long low = random.nextInt(-6, 7);
        return new Interval(low, low + random.nextInt(5));
    }

    @Test
    void nothingIsKnownOfAnUnknownOperand() {
        assertThat(Interval.apply(Op.ADD, Interval.ANY, Interval.of(1))).isEqualTo(Interval.ANY);
        assertThat(Interval.apply(Op.MODULO, Interval.ANY, Interval.of(4))).isEqualTo(new Interval(0, 3));
        assertThat(Interval.apply(Op.MODULO, Interval.of(2), Interval.of(0))).isEqualTo(Interval.ANY);
        assertThat(Interval.apply(Op.MIN, Interval.ANY, Interval.of(4)).high()).isEqualTo(4);
        assertThat(Interval.apply(Op.MAX, Interval.ANY, Interval.of(4)).low()).isEqualTo(4);
    }

    @Test
    void intervalsMeetAndJoin() {
        assertThat(new Interval(0, 5).intersect(new Interval(3, 9))).isEqualTo(new Interval(3, 5));
        assertThat(new Interval(0, 5).intersect(new Interval(7, 9))).isEqualTo(Interval.of(5));
        assertThat(new Interval(0, 5).intersect(new Interval(-9, -7))).isEqualTo(Interval.of(0));
        assertThat(new Interval(0, 1).join(new Interval(5, 6))).isEqualTo(new Interval(0, 6));
        assertThat(new Interval(-1, 7)).hasToString("-1…7");
    }

    @Test
    void theReachOfAnAffineExpressionIsExact() {
        Int e = subtract(add(multiply(constant(2), I), J), constant(3)); // i below 4, j below 5
        assertThat(reach().of(e)).isEqualTo(new Interval(-3, 7));
        assertThat(reach().of(subtract(I, I))).isEqualTo(Interval.of(0));
        assertThat(reach().of(multiply(I, constant(-1)))).isEqualTo(new Interval(-3, 0));
    }

    @Test
    void otherExpressionsAreBounded() {
        assertThat(reach().of(multiply(I, J))).isEqualTo(new Interval(0, 12));
        assertThat(reach().of(Ints.apply(Op.MODULO, subtract(I, constant(9)), constant(3))))
                .isEqualTo(new Interval(0, 2));
        assertThat(reach().of(new Int.Read(DATA, List.of(I)))).isEqualTo(Interval.ANY);
        Box box = new Box(List.of(1), List.of(5), Cond.TRUE);
        assertThat(reach().of(new Int.Count(box))).isEqualTo(new Interval(0, 5));
        assertThat(reach().of(new Int.ArgReduce(true, box, new Real.Constant(1))))
                .isEqualTo(new Interval(0, 4));
        Cond condition = new Cond.CompareInts(Relation.LESS, I, J);
        assertThat(reach().of(new Int.Select(condition, constant(-2), J))).isEqualTo(new Interval(-2, 4));
    }

    private static Reach reach(Cond... conditions) {
        List<Fact> facts = new ArrayList<>();
        for (Cond condition : conditions) {
            facts.addAll(Reach.facts(condition));
        }
        return new Reach(List.of(4, 5), facts);
    }

    @Test
    void conditionsNarrowTheReach() {
        Int sum = subtract(add(I, J), constant(1)); // -1 to 6
        assertThat(reach(Ints.inside(sum, 4)).of(sum)).isEqualTo(new Interval(0, 3));
        assertThat(reach(Ints.inside(sum, 4)).of(add(I, J))).isEqualTo(new Interval(1, 4));
        assertThat(reach(Ints.compare(Relation.EQUAL, sum, constant(2))).of(sum))
                .isEqualTo(Interval.of(2));
        assertThat(reach(Ints.compare(Relation.LESS, constant(1), I)).of(I)).isEqualTo(new Interval(2, 3));
        assertThat(reach(Cond.not(Ints.compare(Relation.LESS, I, constant(2)))).of(I))
                .isEqualTo(new Interval(2, 3));
        assertThat(reach(Cond.not(Ints.compare(Relation.LESS_EQUAL, I, constant(2))))
                        .of(I))
                .isEqualTo(Interval.of(3));
        assertThat(reach(Cond.not(Ints.compare(Relation.NOT_EQUAL, I, constant(2))))
                        .of(I))
                .isEqualTo(Interval.of(2));
        assertThat(reach(Cond.not(Ints.compare(Relation.EQUAL, I, constant(2)))).of(I))
                .isEqualTo(new Interval(0, 3));
        Cond outside =
                Cond.or(Ints.compare(Relation.LESS, I, constant(1)), Ints.compare(Relation.LESS, constant(2), I));
        assertThat(reach(outside).of(I)).isEqualTo(new Interval(0, 3));
        assertThat(reach(Cond.not(outside)).of(I)).isEqualTo(new Interval(1, 2));
    }

    // Box, View offsets, reductions

    @Test
    void aBoxIsWalkedLastIndexFirst() {
        Box box = new Box(List.of(2, 0), List.of(2, 3), Cond.TRUE);
        assertThat(box.size()).isEqualTo(6);
        long[] index = {7, 7, 7};
        box.reset(index);
        List<String> seen = new ArrayList<>();
        do {
            seen.add(index[2] + "" + index[0]);
        } while (box.advance(index));
        assertThat(seen).containsExactly("00", "01", "02", "10", "11", "12");
        assertThat(index).containsExactly(0, 7, 0);
        assertThat(new Box(List.of(), List.of(), Cond.TRUE).size()).isEqualTo(1);
        assertThat(new Box(List.of(0, 1), List.of(3, 0), Cond.TRUE).size()).isZero();
    }

    @Test
    void offsetsAreRowMajorOrNothing() {
        View view = new View(0, "x", List.of(2, 3));
        assertThat(view.size()).isEqualTo(6);
        assertThat(new Pure(1, 2).offset(view, List.of(I, J))).isEqualTo(5);
        assertThat(new Pure(2, 0).offset(view, List.of(I, J))).isEqualTo(-1);
        assertThat(new Pure(1, 3).offset(view, List.of(I, J))).isEqualTo(-1);
        assertThat(new Pure(-1, 0).offset(view, List.of(I, J))).isEqualTo(-1);
    }

    @Test
    void integersAreReduced() {
        Box box = new Box(List.of(0), List.of(4), Ints.compare(Relation.LESS, constant(0), I));
        Box none = new Box(List.of(0), List.of(0), Cond.TRUE);
        assertThat(fold(Real.Fold.SUM, box)).isEqualTo(6);
        assertThat(fold(Real.Fold.PRODUCT, box)).isEqualTo(6);
        assertThat(fold(Real.Fold.MAX, box)).isEqualTo(3);
        assertThat(fold(Real.Fold.MIN, box)).isEqualTo(1);
        assertThat(fold(Real.Fold.SUM, none)).isZero();
        assertThat(fold(Real.Fold.PRODUCT, none)).isEqualTo(1);
        assertThatThrownBy(() -> fold(Real.Fold.MAX, none)).hasMessage("a maximum or minimum over no points");
        assertThat(new Pure(0).integer(new Int.Count(box))).isEqualTo(3);
        assertThat(new Pure(0).integer(new Int.Count(none))).isZero();
    }

    private static long fold(Real.Fold fold, Box box) {
        return new Pure(0).integer(new Int.Reduce(fold, box, I));
    }

    // Uses

    @Test
    void dataShowWhereverTheyAreRead() {
        Int read = new Int.Read(DATA, List.of(I));
        Cond real = new Cond.CompareReals(Relation.LESS, new Real.Constant(0), new Real.Constant(1));
        assertThat(Uses.readsData(add(I, J))).isFalse();
        assertThat(Uses.readsData(add(I, read))).isTrue();
        assertThat(Uses.readsData(new Int.Select(real, I, J))).isTrue();
        assertThat(Uses.readsData(new Int.Count(new Box(List.of(1), List.of(2), Cond.TRUE))))
                .isFalse();
        assertThat(Uses.readsData(new Int.Count(new Box(List.of(1), List.of(2), real))))
                .isTrue();
        assertThat(Uses.readsData(Cond.and(Ints.inside(I, 3), Cond.not(real)))).isTrue();
        assertThat(Uses.readsData(Cond.or(Ints.inside(I, 3), Ints.inside(read, 3))))
                .isTrue();
    }

    @Test
    void everyTensorAndIndexIsFound() {
        View a = new View(1, "a", List.of(4));
        View b = new View(2, "b", List.of(4));
        View c = new View(3, "c", List.of(4));
        Real value = new Real.Reduce(
                Real.Fold.SUM,
                new Box(List.of(1), List.of(4), Ints.inside(new Int.Read(DATA, List.of(J)), 3)),
                new Real.Select(
                        new Cond.CompareReals(Relation.LESS, new Real.Read(a, List.of(I)), new Real.Constant(0)),
                        new Real.Power(new Real.Read(b, List.of(J)), 2),
                        new Real.Unary(Real.Function.EXP, new Real.FromInt(J))));
        Assignment assignment =
                new Assignment(c, List.of(I), false, new Box(List.of(0), List.of(4), Cond.TRUE), value, 2, null);
        List<String> tensors = new ArrayList<>();
        Uses.tensors(assignment, view -> tensors.add(view.name()));
        assertThat(tensors).containsExactlyInAnyOrder("data", "data", "a", "b");
        List<Integer> indices = new ArrayList<>();
        Uses.indices(value, indices::add);
        assertThat(indices).containsOnly(0, 1);
    }
}
