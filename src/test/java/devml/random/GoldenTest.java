package devml.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Draws what NumPy drew, to the last bit: testdata/random/make.py made the cases. */
class GoldenTest {

    @ParameterizedTest
    @CsvFileSource(files = "testdata/random/golden.txt", delimiter = ' ')
    void drawsTheBitsOfNumPy(String name, BigInteger seed, String calls, String digest, String firsts) {
        Generator generator = Generator.of(name, seed);
        double[][] drawn = Arrays.stream(calls.split(",", -1))
                .map(call -> draw(generator, call.split(":", -1)))
                .toArray(double[][]::new);

        assertThat(Arrays.stream(drawn).map(numbers -> Double.toHexString(numbers[0])))
                .containsExactly(Arrays.stream(firsts.split(",", -1))
                        .map(first -> Double.toHexString(Double.parseDouble(first)))
                        .toArray(String[]::new));
        assertThat(Digest.of(drawn)).isEqualTo(digest);
    }

    private static double[] draw(Generator generator, String[] call) {
        Distribution distribution = switch (call[0]) {
            case "rand" -> new Distribution.StandardUniform();
            case "randn" -> new Distribution.StandardNormal();
            case "uniform" -> new Distribution.Uniform(Double.parseDouble(call[1]), Double.parseDouble(call[2]));
            case "normal" -> new Distribution.Normal(Double.parseDouble(call[1]), Double.parseDouble(call[2]));
            default -> throw new IllegalArgumentException(call[0]);
        };
        return generator.draw("conv.weight", distribution, Integer.parseInt(call[call.length - 1]));
    }
}
