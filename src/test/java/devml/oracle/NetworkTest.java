package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.reference.DoubleNumbers;
import devml.tensor.DType;
import devml.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole networks in balls: how narrow they are, and that float64 comes as near as it can. */
class NetworkTest {

    @Test
    void theNotebooksNetworkIsKnownToTwentyFiveDigits() {
        Runs runs = Runs.of(Path.of("networks/simple-backpropagation.yaml"));
        OracleNumbers balls =
                runs.run(new OracleNumbers(DType.FLOAT64, runs.program().count(), 0));
        assertThat(medianRelativeRadius(runs, balls)).isLessThan(1e-25);
        assertThat(balls.kinks()).isNotEmpty().allMatch(Kink::isTie);
        checkDoubles(runs, balls);
    }

    @Test
    void leNetOnOneDigitIsKnownToTwentyFiveDigits() {
        Runs runs = Runs.of(Path.of("networks/lenet5.yaml")).firstSample();
        OracleNumbers balls =
                runs.run(new OracleNumbers(DType.FLOAT64, runs.program().count(), 0));
        assertThat(medianRelativeRadius(runs, balls)).isLessThan(1e-25);
        checkDoubles(runs, balls);
    }

    private static double medianRelativeRadius(Runs runs, OracleNumbers balls) {
        double[] radii = runs.program().gradients().values().stream()
                .flatMap(tensor -> elements(runs, balls, tensor).stream())
                .filter(ball -> !ball.isZero())
                .mapToDouble(ball -> ball.radius() / Math.abs(ball.mid().hi()))
                .sorted()
                .toArray();
        return radii[radii.length / 2];
    }

    private static List<Ball> elements(Runs runs, OracleNumbers balls, int tensor) {
        List<Ball> elements = new ArrayList<>();
        for (int i = 0; i < runs.shape(tensor).size(); i++) {
            elements.add(balls.ball(tensor, i));
        }
        return elements;
    }

    /** Float64 errs by some roundings of the largest entry, as in the comparison with PyTorch. */
    private static void checkDoubles(Runs runs, OracleNumbers balls) {
        DoubleNumbers doubles = runs.run(new DoubleNumbers(runs.program().count()));
        runs.program().gradients().forEach((name, tensor) -> {
            Shape shape = runs.shape(tensor);
            double[] computed = doubles.get(tensor, shape).toDoubles().values();
            double[] midpoints = balls.midpoint(tensor, shape).values();
            double[] radii = balls.radius(tensor, shape).values();
            double largest = Arrays.stream(midpoints).map(Math::abs).max().orElse(0);
            for (int i = 0; i < computed.length; i++) {
                assertThat(Math.abs(computed[i] - midpoints[i]))
                        .as("%s%s", name, shape.index(i))
                        .isLessThanOrEqualTo(1e-13 * largest + radii[i]);
            }
        });
    }
}
