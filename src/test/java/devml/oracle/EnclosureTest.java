package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs networks in balls, and holds every entry against the same equations in decimal arithmetic. */
class EnclosureTest {
    /** Of decimal numbers: 120 digits less what a few thousand roundings and cancellations take. */
    private static final BigDecimal DECIMAL_ERROR = new BigDecimal("1e-70");

    /**
     * Where numbers on the way leave the range of doubles, so that nothing is known of some results that exist: a
     * difference of logits of 1e308, and the cube of 1e300.
     */
    private static final Set<String> OVERFLOWS = Set.of("cross_entropy/huge-logits.yaml", "gelu/large.yaml");

    /**
     * Where two norms, or a difference and the greatest of its like, are equal, which balls cannot tell: the gradient is
     * one or the other side's, as the midpoints go.
     */
    private static final Set<String> UNDECIDED = Set.of(
            "pairwise_distance/p-inf.yaml",
            "pairwise_distance/p-inf-ties.yaml",
            "triplet_margin_loss/p-inf.yaml",
            "triplet_margin_loss/ties-no-margin-swap-false.yaml",
            "triplet_margin_loss/ties-swap-false.yaml",
            "triplet_margin_loss/ties-swap-true.yaml");

    static List<Path> files() throws IOException {
        return Runs.files("testdata/layers", "testdata/notebook").stream()
                .filter(file -> UNDECIDED.stream().noneMatch(file::endsWith))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void enclosesTheExactResult(Path file) {
        Runs runs = Runs.of(file);
        List<Kink> undecided = new ArrayList<>();
        BallNumbers balls = new BallNumbers(runs.program().count(), kink -> {
            if (!kink.isTie()) {
                undecided.add(kink);
            }
        });
        runs.run(balls);
        assertThat(undecided).as("comparisons that go by the midpoints").isEmpty();
        DecimalNumbers decimals = runs.run(new DecimalNumbers(runs.program().count()));
        int unknown = 0;
        for (Map.Entry<String, Integer> tensor : runs.computed().entrySet()) {
            for (int i = 0; i < runs.shape(tensor.getValue()).size(); i++) {
                Ball ball = balls.ball(tensor.getValue(), i);
                DecimalNumbers.Extended exact = decimals.element(tensor.getValue(), i);
                unknown += ball.isUnknown() && exact.isFinite() ? 1 : 0;
                assertThat(ball.isUnknown() || encloses(ball, exact))
                        .as("%s[%d]: %s encloses %s", tensor.getKey(), i, ball, exact)
                        .isTrue();
            }
        }
        assertThat(unknown > 0)
                .as("there are numbers of which nothing is known")
                .isEqualTo(OVERFLOWS.stream().anyMatch(file::endsWith));
    }

    private static boolean encloses(Ball ball, DecimalNumbers.Extended exact) {
        if (!exact.isFinite() || !ball.isFinite()) {
            return !exact.isFinite() && Double.compare(ball.mid().hi(), exact.other()) == 0;
        }
        BigDecimal error = exact.number().subtract(Decimal.of(ball.mid())).abs();
        BigDecimal slack = exact.number().abs().multiply(DECIMAL_ERROR);
        return error.compareTo(new BigDecimal(ball.radius()).add(slack)) <= 0;
    }
}
