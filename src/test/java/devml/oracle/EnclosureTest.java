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

    /** Here a difference of logits leaves the range of doubles. */
    private static final Path OVERFLOWS = Path.of("cross_entropy", "huge-logits.yaml");

    /**
     * Cases at points where a power, a quotient or a logarithm has no finite value or derivative: balls know nothing there,
     * or the decimal numbers of this test have no such power.
     */
    private static final Set<String> SINGULAR = Set.of(
            "binary_cross_entropy/ends-mean.yaml",
            "binary_cross_entropy/ends-none.yaml",
            "binary_cross_entropy/ends-sum.yaml",
            "div/by-zero.yaml",
            "gelu/large.yaml",
            "local_response_norm/nan.yaml",
            "log/zeros.yaml",
            "lp_pool2d/negative-cubes.yaml",
            "lp_pool2d/zeros-norm-2.0.yaml",
            "lp_pool2d/zeros-norm-3.0.yaml",
            "normalize/nan.yaml",
            "normalize/zeros-and-short-p-2.0.yaml",
            "normalize/zeros-and-short-p-3.0.yaml",
            "normalize/zeros.yaml",
            "pairwise_distance/ties-p-0.5.yaml",
            "pairwise_distance/ties-p-1.5.yaml",
            "pairwise_distance/ties-p-3.0.yaml",
            "pairwise_distance/ties.yaml",
            "pow/infinite.yaml",
            "pow/negative-base.yaml",
            "pow/zero-base.yaml",
            "pow/zero-exponent.yaml",
            "sqrt/zeros.yaml",
            "triplet_margin_loss/ties-no-margin-swap-false.yaml",
            "triplet_margin_loss/ties-no-margin-swap-true.yaml",
            "triplet_margin_loss/ties-swap-false.yaml",
            "triplet_margin_loss/ties-swap-true.yaml");

    static List<Path> files() throws IOException {
        return Runs.files("testdata/layers", "testdata/notebook").stream()
                .filter(file -> SINGULAR.stream().noneMatch(file::endsWith))
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
                unknown += ball.isUnknown() ? 1 : 0;
                assertThat(ball.isUnknown() || encloses(ball, exact))
                        .as("%s[%d]: %s encloses %s", tensor.getKey(), i, ball, exact)
                        .isTrue();
            }
        }
        assertThat(unknown).as("entries of which nothing is known").isEqualTo(file.endsWith(OVERFLOWS) ? 1 : 0);
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
