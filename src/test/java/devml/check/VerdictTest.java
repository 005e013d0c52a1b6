package devml.check;

import static devml.check.Verdict.FAIL;
import static devml.check.Verdict.INCONCLUSIVE;
import static devml.check.Verdict.PASS;
import static devml.check.Verdict.UNCHECKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void theGravestWins() {
        assertThat(Verdict.worst(Stream.of(PASS, FAIL, INCONCLUSIVE))).isEqualTo(FAIL);
        assertThat(Verdict.worst(Stream.of(INCONCLUSIVE, UNCHECKED, PASS))).isEqualTo(INCONCLUSIVE);
        assertThat(Verdict.worst(Stream.of(PASS, UNCHECKED))).isEqualTo(UNCHECKED);
        assertThat(Verdict.worst(Stream.of())).isEqualTo(PASS);
    }
}
