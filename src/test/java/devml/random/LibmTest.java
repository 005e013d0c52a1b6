package devml.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Logarithms to the last bit of the C library's: testdata/random/make.py computed them. */
class LibmTest {

    @ParameterizedTest
    @CsvFileSource(files = "testdata/random/logarithms.txt", delimiter = ' ')
    void computesTheBitsOfTheCLibrary(String name, BigInteger seed, int count, String digest) {
        DoubleUnaryOperator function = switch (name) {
            case "log" -> Libm::log;
            case "log1p" -> u -> Libm.log1p(-u);
            default -> throw new IllegalArgumentException(name);
        };
        double[] arguments = Generator.of("default_rng", seed).draw("", new Distribution.StandardUniform(), count);

        assertThat(Digest.of(Arrays.stream(arguments).map(function).toArray())).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvFileSource(files = "testdata/random/log1p-edges.txt", delimiter = ' ')
    void computesLog1pBesideTheEdgesOfItsBranches(double x, double log1p) {
        assertThat(Libm.log1p(x)).isEqualTo(log1p);
    }
}
