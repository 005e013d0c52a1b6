package devml.fast.elementary;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real;
import devml.format.Npy;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the float64 functions against true values: testdata/elementary/golden.py made them with mpmath. */
class DoubleAccuracyTest {

    /** The bounds are those that the classes state: the largest error among 20 million points a function, rounded up. */
    @ParameterizedTest
    @CsvSource({
        "EXP, 1.0", "EXPM1, 1.2", "LOG, 1.0", "LOG1P, 1.0", "SIN, 0.9",
        "COS, 0.9", "TANH, 0.9", "ERF, 1.2", "SIGMOID, 1.0", "SOFTPLUS, 1.2"
    })
    void errorStaysBelowTheStatedBound(Real.Function function, double bound) {
        double[][] rows = rows(function.name().toLowerCase(Locale.ROOT), 3);

        double worst = 0;
        for (double[] row : rows) {
            double error = ulps(Scalars.apply(function, row[0]), row[1], row[2]);
            assertThat(error).as("%s(%s) in ulps", function, row[0]).isLessThanOrEqualTo(bound);
            worst = Math.max(worst, error);
        }

        assertThat(worst).as("the hardest points are among them").isGreaterThan(bound - 0.2);
    }

    @Test
    void powerStaysBelowItsBound() {
        for (double[] row : rows("power", 4)) {
            double error = ulps(DoublePower.power(row[0], row[1]), row[2], row[3]);
            assertThat(error).as("%s ^ %s in ulps", row[0], row[1]).isLessThanOrEqualTo(0.7);
        }
    }

    /** @param rest what the true value has more than the nearest, in its units in the last place */
    private static double ulps(double actual, double nearest, double rest) {
        if (actual == nearest) {
            return Math.abs(rest);
        }
        double size = Math.abs(nearest);
        boolean below = nearest > 0 ? rest < 0 : rest > 0;
        double ulp = Math.ulp(below ? Math.nextDown(size) : size);
        return Math.abs((actual - nearest) / ulp - rest);
    }

    private static double[][] rows(String name, int columns) {
        double[] values = ((Tensor.Doubles) Npy.read(Path.of("testdata", "elementary", name + ".npy"))).values();
        double[][] rows = new double[values.length / columns][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * columns, rows[i], 0, columns);
        }
        return rows;
    }
}
