package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The errors that {@link Elementary} states, against 80 digits. */
class ElementaryTest {
    private static final int RANDOM_POINTS = 300;

    /** What Apfloat's 80 digits leave out, far below 2^-102 = 2e-31. */
    private static final BigDecimal EXACT_ENOUGH = new BigDecimal("1e-60");

    @ParameterizedTest
    @EnumSource(
            names = {"NEGATE", "ABS", "SIGN", "FLOOR"},
            mode = Mode.EXCLUDE)
    void isWithinItsError(Function function) {
        points(function).forEach(x -> {
            DD value = Elementary.apply(function, x);
            BigDecimal expected = Decimal.apply(function, Decimal.of(x));
            assertThat(value.isFinite()).as("%s(%s) is finite", function, x).isTrue();
            assertThat(Decimal.of(value).subtract(expected).abs())
                    .as("the error of %s(%s) = %s", function, x, value)
                    .isLessThanOrEqualTo(allowed(value.hi(), expected));
        });
    }

    private static BigDecimal allowed(double size, BigDecimal expected) {
        double tiny = Math.abs(size) < DoubleDouble.SMALL ? DoubleDouble.TINY : 0;
        return expected.abs()
                .multiply(new BigDecimal(Elementary.ERROR).subtract(EXACT_ENOUGH))
                .add(new BigDecimal(tiny));
    }

    /** Random points of every size, and the hard ones of each function, each with both signs and neighbours. */
    static List<DD> points(Function function) {
        SplittableRandom random = new SplittableRandom(function.name().hashCode());
        List<DD> points = new ArrayList<>();
        boolean isSlow = function == Function.SIN || function == Function.COS; // Apfloat takes milliseconds
        for (int i = 0; i < (isSlow ? 50 : RANDOM_POINTS); i++) {
            double hi = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-8, 5));
            points.add(DD.ofSum(hi, hi * random.nextDouble(-1, 1) * 0x1p-54));
        }
        for (double x : hardPoints(function)) {
            points.add(DD.of(x));
            points.add(DD.of(-x));
            points.add(DD.of(Math.nextUp(x)));
            points.add(DD.ofSum(x, Math.ulp(x) * 0.5));
            points.add(DD.ofSum(-x, Math.ulp(x) * 0.3));
            points.add(DD.ofSum(x, Math.ulp(x) * -0x1p-50));
        }
        points.removeIf(x -> !isInDomain(function, x));
        return points;
    }

    private static boolean isInDomain(Function function, DD x) {
        return switch (function) {
            case SQRT -> x.hi() >= 0;
            case LOG -> x.hi() > 0;
            case LOG1P -> x.hi() > -1 || (x.hi() == -1 && x.lo() > 0);
            case EXP, EXPM1 -> x.hi() < 709.7;
            default -> true;
        };
    }

    private static double[] hardPoints(Function function) {
        return switch (function) {
            case SQRT -> new double[] {Double.MIN_VALUE, 1e-320, 0x1p-500, 1e-300, 1, 4, 0x1p52 + 1, 1e300, 1.7e308};
            case EXP, EXPM1, SIGMOID, SOFTPLUS ->
                new double[] {
                    1e-300,
                    1e-20,
                    0x1p-53,
                    0.25,
                    0.5,
                    1,
                    Math.log(2),
                    0.5 * Math.log(2),
                    36,
                    40,
                    100,
                    600,
                    664,
                    665,
                    700,
                    708,
                    709.5,
                    709.78,
                    744.4,
                    745,
                    745.14,
                    746
                };
            case LOG ->
                new double[] {
                    Double.MIN_VALUE,
                    1e-320,
                    Double.MIN_NORMAL,
                    1e-300,
                    0.5,
                    2.0 / 3,
                    0.75,
                    1 - 0x1p-30,
                    1,
                    1 + 1e-10,
                    4.0 / 3,
                    1.5,
                    2,
                    8.0 / 3,
                    Math.E,
                    1e15,
                    1e300,
                    Double.MAX_VALUE / 2
                };
            case LOG1P -> new double[] {1e-300, 1e-20, 0.5, 1 - 0x1p-20, 1, 1.0 / 3, 1e10, 1e300};
            case SIN, COS ->
                new double[] {
                    1e-300,
                    1e-8,
                    0.75,
                    Math.PI / 4,
                    Math.PI / 2,
                    Math.PI,
                    2 * Math.PI,
                    355,
                    1e15,
                    1e16,
                    1e22,
                    0x1.6ac5b262ca1ffp849, // the double that is nearest to a multiple of pi/2, in relative terms
                    1e200,
                    1.7e308
                };
            case TANH -> new double[] {1e-300, 1e-10, 0.25, 0.5, 1, 10, 18, 19.06, 22, 40, 373, 400, 1e10, 1e300};
            case ERF -> new double[] {1e-300, 1e-10, 0.5, 1, 2, 3, 4, 5, 5.9, 6, 7, 8, 8.9, 9, 9.1, 26, 1e10};
            default -> throw new IllegalArgumentException(function + " is exact");
        };
    }

    @Test
    void powersAreWithinTheirError() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RANDOM_POINTS; i++) {
            double x = Math.scalb(random.nextDouble(1, 2), random.nextInt(-60, 60));
            double y = random.nextDouble(-15, 15);
            checkPower(DD.ofSum(x, x * 1e-17), DD.ofSum(y, y * 3e-17));
        }
        checkPower(DD.of(1 + 0x1p-52), DD.of(0x1p52));
        checkPower(DD.ofSum(1, 0x1p-100), DD.ofSum(0x1p105, 12345));
        checkPower(DD.ofSum(1, 0x1p-1000), DD.of(0x1.8p1003));
        checkPower(DD.of(1), DD.of(1e300));
        checkPower(DD.of(2), DD.of(-1060));
        checkPower(DD.of(2), DD.of(1023.9));
        checkPower(DD.of(1e300), DD.of(0.5));
        checkPower(DD.of(Double.MIN_VALUE), DD.of(-0.25));
    }

    private static void checkPower(DD x, DD y) {
        DD value = Elementary.power(x, y);
        BigDecimal expected = Decimal.power(Decimal.of(x), Decimal.of(y));
        assertThat(Decimal.of(value).subtract(expected).abs())
                .as("the error of %s^%s = %s", x, y, value)
                .isLessThanOrEqualTo(allowed(value.hi(), expected));
    }

    @Test
    void overflowIsInfiniteAndUnderflowZero() {
        assertThat(Elementary.exp(DD.of(709.79)).hi()).isInfinite();
        assertThat(Elementary.exp(DD.of(1e300)).hi()).isInfinite();
        assertThat(Elementary.exp(DD.of(-1e300)).hi()).isZero();
        assertThat(Elementary.exp(DD.of(-745)).hi()).isEqualTo(Double.MIN_VALUE);
        assertThat(Elementary.power(DD.of(2), DD.of(1024)).hi()).isInfinite();
        assertThat(Elementary.power(DD.ofSum(1, 1e-30), DD.of(1e35)).hi()).isInfinite();
    }

    @ParameterizedTest
    @EnumSource
    void atInfinitiesAndNaNItIsFloat64(Function function) {
        double ofNaN = function == Function.SIGN ? 0 : Double.NaN;
        assertThat(Elementary.apply(function, DD.of(Double.NaN)).hi()).isEqualTo(Double.valueOf(ofNaN));
        for (double x : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(Elementary.apply(function, DD.of(x)).hi())
                    .as("%s(%s)", function, x)
                    .isEqualTo(Double.valueOf(
                            switch (function) {
                                case NEGATE -> -x;
                                case ABS -> Math.abs(x);
                                case SIGN, ERF -> Math.signum(x);
                                case FLOOR -> Math.floor(x);
                                case SQRT -> Math.sqrt(x);
                                case EXP -> Math.exp(x);
                                case EXPM1 -> Math.expm1(x);
                                case LOG -> Math.log(x);
                                case LOG1P -> Math.log1p(x);
                                case SIN -> Math.sin(x);
                                case COS -> Math.cos(x);
                                case TANH -> Math.tanh(x);
                                case SIGMOID -> 1 / (1 + Math.exp(-x));
                                case SOFTPLUS -> Math.log1p(Math.exp(x));
                            }));
        }
    }
}
