package devml.fast.elementary;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A strip of any length gives each element the bits of the scalar body, and touches nothing else. */
class StripTest {
    private static final int[] SIZES = {0, 1, 7, 207, 1000};

    /** Before and after the strip. */
    private static final int BORDER = 3;

    @ParameterizedTest
    @EnumSource
    void doublesHaveTheBitsOfTheScalar(Real.Function function) {
        DoubleElementary elementary = new DoubleElementary();
        for (int size : SIZES) {
            double[] x = arguments(size + 2 * BORDER);
            double[] expected = x.clone();
            for (int i = BORDER; i < BORDER + size; i++) {
                expected[i] = Scalars.apply(function, x[i]);
            }
            // Often enough for the compiled and vectorised strip to answer too.
            for (int round = 0; round < 2_000; round++) {
                double[] y = x.clone();
                elementary.apply(function, y, BORDER, BORDER + size);
                if (!Arrays.equals(y, expected)) {
                    assertThat(y)
                            .as("%s of %d, round %d", function, size, round)
                            .containsExactly(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void floatsHaveTheBitsOfTheScalar(Real.Function function) {
        FloatElementary elementary = new FloatElementary();
        for (int size : SIZES) {
            float[] x = floats(arguments(size + 2 * BORDER));
            float[] expected = x.clone();
            for (int i = BORDER; i < BORDER + size; i++) {
                expected[i] = Scalars.apply(function, x[i]);
            }
            for (int round = 0; round < 2_000; round++) {
                float[] y = x.clone();
                elementary.apply(function, y, BORDER, BORDER + size);
                if (!Arrays.equals(y, expected)) {
                    assertThat(y)
                            .as("%s of %d, round %d", function, size, round)
                            .containsExactly(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 207, 1000})
    void powersHaveTheBitsOfTheScalar(int size) {
        double[] x = arguments(size + 2 * BORDER);
        double[] p = arguments(x.length + 1);
        double[] expected = x.clone();
        float[] fx = floats(x);
        float[] fp = floats(p);
        float[] floatExpected = fx.clone();
        for (int i = BORDER; i < BORDER + size; i++) {
            expected[i] = DoublePower.power(x[i], p[i]);
            floatExpected[i] = FloatPower.power(fx[i], fp[i]);
        }

        new DoubleElementary().power(x, p, BORDER, BORDER + size);
        new FloatElementary().power(fx, fp, BORDER, BORDER + size);

        assertThat(x).containsExactly(expected);
        assertThat(fx).containsExactly(floatExpected);
    }

    /** Ordinary numbers, one in seven from anywhere: subnormal, huge, infinite, not a number. */
    private static double[] arguments(int size) {
        SplittableRandom random = new SplittableRandom(size);
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = i % 7 == 6 ? Double.longBitsToDouble(random.nextLong()) : random.nextDouble(-9, 9);
        }
        if (size > 20) {
            x[11] = -0.0;
            x[13] = Double.NEGATIVE_INFINITY;
            x[17] = Double.NaN;
        }
        return x;
    }

    private static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }
}
