package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Cond;
import devml.equation.Real.Function;
import devml.equation.Real.Op;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigDecimal;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DualTest {
    /** Of a central difference in numbers of 80 digits, whose own error is about the square of this. */
    private static final BigDecimal STEP = new BigDecimal("1e-25");

    /** Relative, at points of moderate size: a dozen roundings of 2^-103. */
    private static final double TOLERANCE = 2e-30;

    @ParameterizedTest
    @EnumSource
    void derivativesAgreeWithDifferencesOfManyDigits(Function function) {
        for (double x : new double[] {-2.5, -0.6, 0.02, 0.75, 4.25}) {
            boolean isOutside = x < 0 && (function == Function.SQRT || function == Function.LOG);
            if (!isOutside && !(x <= -1 && function == Function.LOG1P)) {
                BigDecimal at = new BigDecimal(x);
                BigDecimal slope = Decimal.apply(function, at.add(STEP))
                        .subtract(Decimal.apply(function, at.subtract(STEP)))
                        .divide(STEP.multiply(BigDecimal.TWO), Decimal.DIGITS);
                check(
                        new Dual(DD.of(x), DD.of(3)).apply(function),
                        slope.multiply(new BigDecimal(3)),
                        function + "'" + x);
            }
        }
    }

    private static void check(Dual dual, BigDecimal expected, String what) {
        assertThat(Decimal.of(dual.tangent()).subtract(expected).abs())
                .as("%s is %s, not %s", what, dual.tangent(), expected)
                .isLessThanOrEqualTo(expected.abs().multiply(new BigDecimal(TOLERANCE)));
    }

    @Test
    void arithmeticFollowsTheRules() {
        Dual x = new Dual(DD.of(3), DD.of(5));
        Dual y = new Dual(DD.of(-7), DD.of(11));
        check(x.add(y), new BigDecimal(16), "(x+y)'");
        check(x.subtract(y), new BigDecimal(-6), "(x-y)'");
        check(x.multiply(y), new BigDecimal(3 * 11 - 7 * 5), "(xy)'");
        check(x.divide(y), new BigDecimal(-35 - 33).divide(new BigDecimal(49), Decimal.DIGITS), "(x/y)'");
        check(x.max(y), new BigDecimal(5), "max'");
        check(x.min(y), new BigDecimal(11), "min'");
        check(y.power(Dual.constant(DD.of(3))), new BigDecimal(3 * 49 * 11), "(y^3)'");
        BigDecimal log = Decimal.apply(Function.LOG, new BigDecimal(3));
        check(
                x.power(y),
                new BigDecimal(-35)
                        .divide(new BigDecimal(3), Decimal.DIGITS)
                        .add(log.multiply(new BigDecimal(11)))
                        .divide(new BigDecimal(3).pow(7), Decimal.DIGITS),
                "(x^y)'");
    }

    @Test
    void kinksFollowTheConventions() {
        Dual zero = new Dual(DD.ZERO, DD.of(5));
        assertThat(zero.apply(Function.ABS).tangent().hi()).isZero();
        assertThat(zero.apply(Function.SIGN).tangent().hi()).isZero();
        assertThat(zero.apply(Function.FLOOR).tangent().hi()).isZero();
        assertThat(zero.apply(Function.SQRT).tangent().hi()).isInfinite().isPositive();
        assertThat(zero.max(new Dual(DD.ZERO, DD.ZERO)).tangent().hi()).isEqualTo(2.5);
        assertThat(zero.max(Dual.constant(DD.ZERO)).tangent().hi()).isZero();
        assertThat(Dual.constant(DD.ZERO).min(zero).tangent().hi()).isZero();
        assertThat(zero.min(zero).tangent().hi()).isEqualTo(5);
        assertThat(zero.floorDivide(zero.apply(Function.COS)).tangent().hi()).isZero();
        Dual powerOfZero = zero.power(Dual.constant(DD.ZERO));
        assertThat(powerOfZero.value().hi()).isEqualTo(1);
        assertThat(powerOfZero.tangent().hi()).isZero();
    }

    @Test
    void whatDoesNotDependOnTheDirectionStaysSo() {
        assertThat(Dual.constant(DD.ZERO).apply(Function.SQRT).tangent().hi()).isZero();
        assertThat(Dual.constant(DD.ZERO).apply(Function.LOG).tangent().hi()).isZero();
        Dual infinite = Dual.constant(DD.of(Double.POSITIVE_INFINITY));
        assertThat(infinite.multiply(Dual.constant(DD.of(2))).value().hi()).isInfinite();
        assertThat(infinite.multiply(Dual.constant(DD.of(2))).tangent().hi()).isZero();
    }

    @Test
    void ofEqualMaximaTheFirstTakesTheDerivative() {
        DualNumbers numbers = new DualNumbers(1);
        numbers.put(0, new Tensor.Doubles(Shape.of(2), new double[] {7, 7}));
        numbers.seed(0, new Tensor.Doubles(Shape.of(2), new double[] {3, 4}));
        numbers.load(0, 0, 0);
        numbers.load(1, 0, 1);
        numbers.extreme(Op.MAX, 0, 1);
        numbers.store(0, 0, 1);
        assertThat(numbers.dual(0, 1).tangent().hi()).isEqualTo(3);
        assertThat(numbers.hasTies()).isTrue();
    }

    @Test
    void tiesAreNoticedWhereTheyMatter() {
        DualNumbers numbers = new DualNumbers(1);
        numbers.put(0, new Tensor.Doubles(Shape.of(2), new double[] {0.5, 0.5 + 0x1p-53}));
        numbers.seed(0, new Tensor.Doubles(Shape.of(2), new double[] {1, 1}));
        numbers.load(0, 0, 0);
        numbers.load(1, 0, 0);
        numbers.holds(Cond.Relation.LESS, 0, 1); // both move alike
        numbers.load(1, 0, 1);
        numbers.constant(2, 0.5 - 0x1p-53);
        numbers.holds(Cond.Relation.LESS, 0, 2); // near in float64, but apart in double-double
        assertThat(numbers.hasTies() || numbers.hasNearTies()).isFalse();
        numbers.constant(2, 0x1p-100);
        numbers.constant(3, 0.5);
        numbers.apply(Op.ADD, 2, 3);
        numbers.holds(Cond.Relation.LESS, 0, 2);
        assertThat(numbers.hasTies()).isFalse();
        assertThat(numbers.hasNearTies()).isTrue();
        numbers.holds(Cond.Relation.LESS, 0, 3);
        assertThat(numbers.hasTies()).isTrue();
    }

    @Test
    void nothingIsNearInfinity() {
        DualNumbers numbers = new DualNumbers(1);
        numbers.put(0, new Tensor.Doubles(Shape.of(1), new double[] {0.5}));
        numbers.seed(0, 0);
        numbers.load(0, 0, 0);
        numbers.constant(1, Double.NEGATIVE_INFINITY);
        numbers.holds(Cond.Relation.LESS, 0, 1);
        assertThat(numbers.hasTies() || numbers.hasNearTies()).isFalse();
    }

    @Test
    void theDerivativeOfTheGreaterOfANumberAndNaNIsAConvention() {
        DualNumbers numbers = new DualNumbers(1);
        numbers.put(0, new Tensor.Doubles(Shape.of(1), new double[] {0.5}));
        numbers.seed(0, 0);
        numbers.load(0, 0, 0);
        numbers.constant(1, 0);
        numbers.apply(Op.MAX, 0, 1);
        assertThat(numbers.hasTies()).isFalse();
        numbers.load(0, 0, 0);
        numbers.constant(1, Double.NaN);
        numbers.apply(Op.MAX, 0, 1);
        assertThat(numbers.hasTies()).isTrue();
    }

    @Test
    void nanPropagatesThroughMaximum() {
        Dual nan = Dual.constant(DD.of(Double.NaN));
        assertThat(nan.max(Dual.constant(DD.ONE)).value().hi()).isNaN();
        assertThat(Dual.constant(DD.ONE).min(nan).value().hi()).isNaN();
    }

    @Test
    void registersCarryBoth() {
        DualNumbers numbers = new DualNumbers(1);
        numbers.allocate(0, 2);
        numbers.seed(0, 1);
        numbers.load(0, 0, 1);
        numbers.constant(1, 4);
        numbers.apply(Op.MULTIPLY, 0, 1);
        numbers.apply(Function.EXP, 0);
        numbers.store(0, 0, 0);
        assertThat(numbers.tangent(0, Shape.of(2)).values()).containsExactly(4, 1);
        assertThat(numbers.get(0, Shape.of(2)).values()).containsExactly(1, 0);
    }
}
