package devml.fast.elementary;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the float32 functions against float64 ones, of which 1 ulp is 2e-9 of a float32's. */
class FloatAccuracyTest {
    /** 4.3 million arguments of all sizes: prime, so that every last digit occurs with every exponent. */
    private static final int STEP = 997;

    /** What the classes state; correct rounding would be 0.5. */
    private static final double BOUND = 0.51;

    private static Stream<Real.Function> functions() {
        return Scalars.APPROXIMATED.stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void roundsNearlyCorrectlyEverywhere(Real.Function function) {
        FloatElementary elementary = new FloatElementary();
        float[] x = new float[4096];
        for (long bits = 0; bits < 1L << 32; bits += (long) x.length * STEP) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((int) (bits + (long) i * STEP));
            }
            float[] y = x.clone();
            elementary.apply(function, y, 0, y.length);
            for (int i = 0; i < x.length; i++) {
                double expected = reference(function, x[i]);
                if (!agrees(y[i], expected, BOUND)) {
                    assertThat(y[i]).as("%s(%s)", function, x[i]).isEqualTo((float) expected);
                }
            }
        }
    }

    @Test
    void powerRoundsNearlyCorrectlyEverywhere() {
        SplittableRandom random = new SplittableRandom(1);
        FloatElementary elementary = new FloatElementary();
        float[] x = new float[4096];
        float[] p = new float[x.length];
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < x.length; i++) {
                boolean any = i % 2 == 0;
                x[i] = any ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(-3, 4);
                p[i] = any ? (float) random.nextDouble(-5, 5) : random.nextInt(-8, 9) / 2f;
            }
            float[] y = x.clone();
            elementary.power(y, p, 0, y.length);
            for (int i = 0; i < x.length; i++) {
                double expected = StrictMath.pow(x[i], p[i]);
                if (!agrees(y[i], expected, BOUND)) {
                    assertThat(y[i]).as("%s ^ %s", x[i], p[i]).isEqualTo((float) expected);
                }
            }
        }
    }

    private static boolean agrees(float actual, double expected, double bound) {
        float nearest = (float) expected;
        if (expected == 0 || Float.isNaN(nearest) || Float.isInfinite(nearest) || Float.isInfinite(actual)) {
            return Float.floatToIntBits(actual) == Float.floatToIntBits(nearest);
        }
        int exponent = Math.max(Math.getExponent(expected), Float.MIN_EXPONENT);
        return Math.abs(actual - expected) <= bound * Math.scalb(1.0, exponent - 23);
    }

    private static double reference(Real.Function function, double x) {
        return switch (function) {
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TANH -> StrictMath.tanh(x);
            case ERF -> Erf.value(x);
            case SIGMOID -> {
                double e = StrictMath.exp(-Math.abs(x));
                yield (x < 0 ? e : 1) / (1 + e);
            }
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            case NEGATE, ABS, SIGN, FLOOR, SQRT -> throw new IllegalArgumentException("not approximated: " + function);
        };
    }
}
