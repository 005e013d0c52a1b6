package devml.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BernoulliTest {

    @Test
    void anElementDependsOnNothingButItsNumber() {
        double[] all = Bernoulli.draw(7, "drop.mask", 0.3, 0, 50);
        for (int first = 0; first < 10; first++) {
            assertThat(Bernoulli.draw(7, "drop.mask", 0.3, first, 20))
                    .containsExactly(Arrays.copyOfRange(all, first, first + 20));
        }
        assertThat(Bernoulli.draw(7, "other.mask", 0.3, 0, 50)).isNotEqualTo(all);
        assertThat(Bernoulli.draw(8, "drop.mask", 0.3, 0, 50)).isNotEqualTo(all);
    }

    /** Those of the named streams, of which NumPy gives the same. */
    @Test
    void theUniformNumbersAreThoseOfNamedStreams() {
        double[] uniform = new NamedStreams(7).draw("drop.mask", new Distribution.StandardUniform(), 50);
        double[] drawn = Bernoulli.draw(7, "drop.mask", 0.3, 0, 50);
        for (int i = 0; i < 50; i++) {
            assertThat(drawn[i]).isEqualTo(uniform[i] < 0.3 ? 1 : 0);
        }
    }

    @Test
    void aProbabilityOfZeroOrOneLeavesNoChoice() {
        assertThat(Bernoulli.draw(1, "x", 0, 0, 100)).containsOnly(0);
        assertThat(Bernoulli.draw(1, "x", 1, 0, 100)).containsOnly(1);
    }
}
