package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Cond.Relation;
import devml.equation.Real.Function;
import devml.equation.Real.Op;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OracleNumbersTest {
    private final OracleNumbers numbers = new OracleNumbers(DType.FLOAT64, 1, 0);
    private final List<Doubts.Met> met = numbers.met();

    /** A third, known to 30 digits. */
    private void third(int at) {
        numbers.constant(at, 1);
        numbers.constant(at + 1, 3);
        numbers.apply(Op.DIVIDE, at, at + 1);
    }

    @Test
    void comparisonsOfWhatLiesApartAreDecided() {
        third(0);
        numbers.constant(1, 1.0 / 3 - 0x1p-50);
        assertThat(numbers.holds(Relation.LESS, 1, 0)).isTrue();
        assertThat(numbers.holds(Relation.LESS_EQUAL, 0, 1)).isFalse();
        assertThat(numbers.holds(Relation.EQUAL, 0, 1)).isFalse();
        assertThat(numbers.holds(Relation.NOT_EQUAL, 0, 1)).isTrue();
        assertThat(met).isEmpty();
    }

    @Test
    void whatFloat64MayTakeForEqualIsOpenThoughDecided() {
        third(0);
        numbers.constant(1, 1.0 / 3);
        assertThat(numbers.holds(Relation.LESS, 1, 0)).as("a third rounds down").isTrue();
        assertThat(met).singleElement().matches(one -> one.open() && one.decided());
    }

    @Test
    void overlappingBallsCompareByTheirMidpointsAndAreOpen() {
        third(0);
        third(2);
        assertThat(numbers.holds(Relation.LESS_EQUAL, 0, 2)).isTrue();
        assertThat(met).singleElement().matches(one -> one.open() && one.relation() == Relation.LESS_EQUAL);
        assertThat(met.getFirst().left().exact())
                .isEqualTo(met.getFirst().right().exact());
    }

    @ParameterizedTest
    @EnumSource
    void aTieIsOpenWhereOrderMatters(Relation relation) {
        numbers.constant(0, 5);
        numbers.integer(1, 5);
        assertThat(numbers.holds(relation, 0, 1)).isEqualTo(relation.holds(5, 5));
        boolean orders = relation == Relation.LESS || relation == Relation.LESS_EQUAL;
        assertThat(met).hasSize(orders ? 1 : 0).allMatch(Doubts.Met::open);
    }

    @ParameterizedTest
    @EnumSource
    void neitherANumberWithItselfNorNaNNorEqualInfinitiesAreOpen(Relation relation) {
        third(0);
        assertThat(numbers.holds(relation, 0, 0)).isEqualTo(relation.holds(1, 1));
        numbers.constant(1, Double.NaN);
        assertThat(numbers.holds(relation, 0, 1)).isEqualTo(relation == Relation.NOT_EQUAL);
        assertThat(numbers.holds(relation, 1, 1)).isEqualTo(relation == Relation.NOT_EQUAL);
        numbers.constant(2, Double.NEGATIVE_INFINITY);
        numbers.constant(3, Double.NEGATIVE_INFINITY);
        assertThat(numbers.holds(relation, 2, 3)).isEqualTo(relation.holds(1, 1));
        assertThat(numbers.holds(relation, 2, 0)).isEqualTo(relation.holds(1, 2));
        assertThat(met).isEmpty();
    }

    @Test
    void signAndFloorAreReportedWhereTheyJump() {
        third(0);
        numbers.copy(0, 1);
        numbers.apply(Function.SIGN, 1);
        numbers.apply(Function.FLOOR, 0);
        assertThat(met).isEmpty();
        assertThat(value(1)).isEqualTo(Ball.ONE);
        assertThat(value(0).isZero()).isTrue();

        numbers.constant(0, 0);
        numbers.apply(Function.SIGN, 0);
        numbers.constant(1, -2);
        numbers.apply(Function.FLOOR, 1);
        assertThat(met).hasSize(2).allMatch(Doubts.Met::open);
        assertThat(value(1)).isEqualTo(Ball.of(-2));

        third(0);
        numbers.constant(1, 3);
        numbers.apply(Op.MULTIPLY, 0, 1);
        numbers.apply(Function.FLOOR, 0);
        assertThat(met).singleElement().matches(one -> one.open() && !one.decided());
    }

    @Test
    void floorDivisionIsDecidedUnlessTheQuotientMayBeWhole() {
        assertThat(floorDivision(1, 0.1)).isEqualTo(Ball.of(9));
        assertThat(floorDivision(-1, 0.1)).isEqualTo(Ball.of(-10));
        assertThat(floorDivision(1, Double.POSITIVE_INFINITY)).isEqualTo(Ball.ZERO);
        assertThat(floorDivision(-1, Double.POSITIVE_INFINITY)).isEqualTo(Ball.of(-1));
        assertThat(floorDivision(1, Double.NEGATIVE_INFINITY)).isEqualTo(Ball.of(-1));
        assertThat(floorDivision(Double.NEGATIVE_INFINITY, 2).isUndefined()).isTrue();
        assertThat(floorDivision(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                        .isUndefined())
                .isTrue();
        assertThat(floorDivision(1, 0).isUnknown())
                .as("of which sign, none knows")
                .isTrue();
        assertThat(floorDivision(0, 0).isUndefined()).isTrue();
        assertThat(met).isEmpty();

        assertThat(floorDivision(6, 3)).isEqualTo(Ball.of(2));
        assertThat(met).singleElement().matches(Doubts.Met::open);
        assertThat(floorDivision(0, Double.POSITIVE_INFINITY)).isEqualTo(Ball.ZERO);
        assertThat(met).hasSize(2).allMatch(Doubts.Met::open);
        third(0);
        third(2);
        numbers.apply(Op.FLOOR_DIVIDE, 0, 2);
        assertThat(met).hasSize(3).last().matches(one -> one.open() && !one.decided());
    }

    private Ball floorDivision(double x, double y) {
        numbers.constant(0, x);
        numbers.constant(1, y);
        numbers.apply(Op.FLOOR_DIVIDE, 0, 1);
        return numbers.r[0].exact();
    }

    private Ball value(int register) {
        numbers.allocate(0, 1);
        numbers.store(register, 0, 0);
        return numbers.ball(0, 0);
    }

    @Test
    void aRadiusIsOfTheRoundedMidpoint() {
        third(0);
        numbers.allocate(0, 2);
        numbers.store(0, 0, 1);
        assertThat(numbers.midpoint(0, Shape.of(2)).values()).containsExactly(0, 1.0 / 3);
        double[] radii = numbers.radius(0, Shape.of(2)).values();
        assertThat(radii[0]).isZero();
        assertThat(radii[1]).isBetween(1.0 / 3 * 0x1p-54, 1.0 / 3 * 0x1.001p-54);
        assertThat(numbers.ball(0, 1).radius()).isLessThan(1e-30);
    }

    @Test
    void integersArePutExactly() {
        numbers.put(0, new Tensor.Longs(Shape.of(1), new long[] {Long.MAX_VALUE}));
        assertThat(numbers.ball(0, 0).mid().longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(numbers.ball(0, 0).mid().lo()).isEqualTo(-1);
    }
}
