package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real.Function;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BallTest {
    /** A quotient to far more digits than the 2^-155 of it that a radius is widened by. */
    private static final MathContext DIGITS = new MathContext(80);

    private static final Ball INFINITE = Ball.of(Double.POSITIVE_INFINITY);

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void arithmeticEnclosesWhatItsPointsYield() {
        for (int i = 0; i < 5_000; i++) {
            Ball x = ball(i % 3 == 0 ? 60 : 3);
            Ball y = ball(i % 3 == 1 ? 60 : 3);
            check(x, y, x.add(y), BigDecimal::add);
            check(x, y, x.subtract(y), BigDecimal::subtract);
            check(x, y, x.multiply(y), BigDecimal::multiply);
            check(x, y, x.divide(y), (a, b) -> a.divide(b, DIGITS));
            check(x, y, x.max(y), BigDecimal::max);
            check(x, y, x.min(y), BigDecimal::min);
            check(x, x, x.abs(), (a, _) -> a.abs());
            check(x, x, x.abs().sqrt(), (a, _) -> a.abs().sqrt(new MathContext(60)));
        }
    }

    /** Near the ends of float64's range, where low parts underflow and products overflow. */
    @Test
    void arithmeticEnclosesAtTheEndsOfTheRange() {
        for (int i = 0; i < 5_000; i++) {
            Ball x = ball(1020);
            Ball y = ball(1020);
            check(x, y, x.add(y), BigDecimal::add);
            check(x, y, x.multiply(y), BigDecimal::multiply);
            check(x, y, x.divide(y), (a, b) -> a.divide(b, DIGITS));
        }
    }

    /** Whole and double, wide and narrow balls, with signs. */
    private Ball ball(int exponents) {
        double hi = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-exponents, exponents));
        hi = random.nextInt(4) == 0 && Math.abs(hi) > 1 ? Math.rint(hi) : hi;
        double lo = random.nextBoolean() ? 0 : hi * random.nextDouble(-1, 1) * 0x1p-54;
        double radius =
                random.nextInt(3) == 0 ? 0 : Math.abs(hi) * Math.scalb(random.nextDouble(), -random.nextInt(110));
        return new Ball(DD.ofSum(hi, lo), radius);
    }

    private static void check(Ball x, Ball y, Ball result, BinaryOperator<BigDecimal> exact) {
        assertThat(result.isUndefined()).isFalse();
        if (result.isUnknown()) {
            return;
        }
        for (BigDecimal a : points(x)) {
            for (BigDecimal b : points(y)) {
                BigDecimal error =
                        exact.apply(a, b).subtract(Decimal.of(result.mid())).abs();
                assertThat(error)
                        .as("%s and %s make %s", x, y, result)
                        .isLessThanOrEqualTo(new BigDecimal(result.radius()));
            }
        }
    }

    /** Its middle and its ends. */
    private static List<BigDecimal> points(Ball ball) {
        BigDecimal mid = Decimal.of(ball.mid());
        BigDecimal radius = new BigDecimal(ball.radius());
        return ball.radius() == 0 ? List.of(mid) : List.of(mid, mid.subtract(radius), mid.add(radius));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SIGN", "FLOOR"},
            mode = Mode.EXCLUDE)
    void functionsEncloseTheirValuesAtTheEnds(Function function) {
        for (double mid : new double[] {-700, -30, -0.6, -0.3, 1e-10, 0.45, 1, 3.1, 25, 690}) {
            for (double radius : new double[] {1e-40, 1e-6, 0.3}) {
                Ball x = new Ball(DD.of(mid), radius * Math.min(1, Math.abs(mid)));
                Ball result = BallFunctions.apply(function, x);
                if (result.isUndefined() || result.isUnknown()) {
                    continue;
                }
                points(x)
                        .forEach(a -> assertThat(Decimal.apply(function, a)
                                        .subtract(Decimal.of(result.mid()))
                                        .abs())
                                .as("%s(%s) is %s", function, x, result)
                                .isLessThanOrEqualTo(new BigDecimal(result.radius())));
            }
        }
    }

    @Test
    void powersEncloseTheirValuesAtTheEnds() {
        for (double base : new double[] {0.01, 0.9, 40}) {
            for (double exponent : new double[] {-3.5, 0.5, 30}) {
                for (double radius : new double[] {0, 1e-35, 0.005}) {
                    Ball x = new Ball(DD.of(base), radius);
                    Ball y = new Ball(DD.of(exponent), radius);
                    check(x, y, BallFunctions.power(x, y), Decimal::power);
                }
            }
        }
        Ball squared = BallFunctions.power(Ball.of(-3), Ball.of(2));
        assertThat(squared.mid().hi()).isEqualTo(9);
        assertThat(BallFunctions.power(Ball.of(-3), Ball.of(3)).mid().hi()).isEqualTo(-27);
        assertThat(BallFunctions.power(Ball.of(-3), Ball.of(0.5)).isUndefined()).isTrue();
        assertThat(BallFunctions.power(Ball.ZERO, Ball.of(0.5))).isEqualTo(Ball.ZERO);
        assertThat(BallFunctions.power(Ball.ZERO, Ball.of(-1)).isUnknown()).isTrue();
        assertThat(BallFunctions.power(new Ball(DD.ONE, 2), Ball.of(0.5)).isUnknown())
                .isTrue();
        assertThat(BallFunctions.power(INFINITE, Ball.ZERO)).isEqualTo(Ball.ONE);
    }

    @Test
    void whatIsExactStaysExact() {
        assertThat(Ball.of(3).multiply(Ball.of(7)).subtract(Ball.of(21)).isZero())
                .isTrue();
        assertThat(Ball.of(0.1).add(Ball.of(0.2)).isExact()).isTrue();
        assertThat(Ball.of(0.1).multiply(Ball.of(0.2)).isExact()).isTrue();
        assertThat(Ball.of(6).divide(Ball.of(4))).isEqualTo(Ball.of(1.5));
        assertThat(BallFunctions.apply(Function.EXP, Ball.ZERO)).isEqualTo(Ball.ONE);
        assertThat(BallFunctions.apply(Function.LOG, Ball.ONE).isZero()).isTrue();
        assertThat(Ball.ZERO.multiply(new Ball(DD.of(3), 1)).isZero()).isTrue();
        assertThat(new Ball(DD.of(3), 1).add(Ball.ZERO)).matches(sum -> sum.radius() < 1.0001);

        assertThat(Ball.of(1).divide(Ball.of(3)).isExact()).isFalse();
        assertThat(Ball.of(1e-200).multiply(Ball.of(1e-200)).isExact()).isFalse();
        assertThat(Ball.of(0.1)
                        .add(Ball.of(0.2))
                        .add(Ball.of(0.3))
                        .multiply(Ball.of(0.7))
                        .isExact())
                .isFalse();
    }

    @Test
    void whatLeavesTheDomainIsUndefinedOrUnknown() {
        Ball aroundZero = new Ball(DD.of(1e-40), 1e-39);
        assertThat(Ball.of(1).divide(aroundZero).isUnknown()).isTrue();
        assertThat(Ball.of(1).divide(Ball.ZERO).isUnknown()).isTrue();
        assertThat(Ball.ZERO.divide(Ball.ZERO).isUndefined()).isTrue();
        for (Function function : List.of(Function.SQRT, Function.LOG)) {
            assertThat(BallFunctions.apply(function, aroundZero).isUnknown()).isTrue();
            assertThat(BallFunctions.apply(function, new Ball(DD.of(-1), 0.5)).isUndefined())
                    .isTrue();
        }
        assertThat(BallFunctions.apply(Function.LOG1P, new Ball(DD.of(-1), 1e-30))
                        .isUnknown())
                .isTrue();
        assertThat(BallFunctions.apply(Function.LOG, Ball.ZERO)).isEqualTo(Ball.of(Double.NEGATIVE_INFINITY));
        assertThat(BallFunctions.apply(Function.SQRT, Ball.ZERO).isZero()).isTrue();
        assertThat(BallFunctions.apply(Function.EXP, Ball.of(710)).isUnknown()).isTrue();
        assertThat(Ball.of(1e308).multiply(Ball.of(10)).isUnknown()).isTrue();
        assertThat(Ball.of(1e308).add(Ball.of(1e308)).isUnknown()).isTrue();
        assertThat(BallFunctions.apply(Function.EXP, new Ball(DD.of(-750), 700)).radius())
                .isGreaterThan(Math.exp(-50));
    }

    @Test
    void infinitiesAreExactWhereTheyAreSure() {
        Ball wide = new Ball(DD.of(1), 2);
        assertThat(INFINITE.add(wide)).isEqualTo(INFINITE);
        assertThat(INFINITE.subtract(INFINITE).isUndefined()).isTrue();
        assertThat(INFINITE.multiply(Ball.of(-2))).isEqualTo(INFINITE.negate());
        assertThat(INFINITE.multiply(Ball.ZERO).isUndefined()).isTrue();
        assertThat(INFINITE.multiply(wide).isUnknown()).isTrue();
        assertThat(INFINITE.divide(wide).isUnknown()).isTrue();
        assertThat(wide.divide(INFINITE).isZero()).isTrue();
        assertThat(INFINITE.max(wide)).isEqualTo(INFINITE);
        assertThat(INFINITE.min(wide)).isEqualTo(wide);
        assertThat(INFINITE.sqrt()).isEqualTo(INFINITE);
        assertThat(INFINITE.negate().sqrt().isUndefined()).isTrue();
        assertThat(Ball.UNKNOWN.multiply(Ball.ZERO).isUnknown()).isTrue();
        assertThat(Ball.UNKNOWN.max(INFINITE).isUnknown()).isTrue();
        assertThat(Ball.UNKNOWN.add(Ball.UNDEFINED).isUndefined()).isTrue();
        assertThat(BallFunctions.apply(Function.TANH, INFINITE.negate())).isEqualTo(Ball.of(-1));
        assertThat(BallFunctions.apply(Function.TANH, Ball.UNKNOWN).isUnknown()).isTrue();
    }
}
