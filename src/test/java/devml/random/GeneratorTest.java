package devml.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {

    private static final Distribution UNIFORM = new Distribution.StandardUniform();

    /** The number that NumPy's documentation shows everywhere. */
    @Test
    void drawsTheFirstNumberOfSeedZero() {
        assertThat(Generator.of("numpy", BigInteger.ZERO).draw("x", UNIFORM, 1)).containsExactly(0.5488135039273248);
    }

    @Test
    void drawsNothing() {
        Generator generator = Generator.of("numpy", BigInteger.ZERO);
        assertThat(generator.draw("x", UNIFORM, 0)).isEmpty();
        assertThat(generator.draw("x", UNIFORM, 1)).containsExactly(0.5488135039273248);
    }

    @Test
    void namedStreamsDoNotDependOnWhatWasDrawnBefore() {
        double[] alone = Generator.of("devml", BigInteger.ONE).draw("fc.weight", UNIFORM, 5);
        Generator generator = Generator.of("devml", BigInteger.ONE);
        double[] other = generator.draw("conv.weight", UNIFORM, 5);
        assertThat(generator.draw("fc.weight", UNIFORM, 5)).isEqualTo(alone).isNotEqualTo(other);
        assertThat(generator.draw("fc.weight", UNIFORM, 3)).containsExactly(alone[0], alone[1], alone[2]);
        assertThat(Generator.of("devml", BigInteger.TWO).draw("fc.weight", UNIFORM, 5))
                .isNotEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numpy       | -1                   | seed -1: generator 'numpy' takes 0 to 2^32 - 1",
                "numpy       | 4294967296           | seed 4294967296: generator 'numpy' takes 0 to 2^32 - 1",
                "default_rng | -1                   | seed -1: generator 'default_rng' takes 0 or more",
                "devml       | 18446744073709551616 | "
                        + "seed 18446744073709551616: generator 'devml' takes 0 to 2^64 - 1",
                "numpi       | 0                    | unknown random generator 'numpi'; did you mean 'numpy'?",
                "mt19937     | 0                    | "
                        + "unknown random generator 'mt19937'; allowed: numpy, default_rng, devml",
            })
    void refuses(String generator, BigInteger seed, String message) {
        assertThatThrownBy(() -> Generator.of(generator, seed))
                .isInstanceOf(Fault.class)
                .hasMessage(message);
    }
}
