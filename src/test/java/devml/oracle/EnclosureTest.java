package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Workers;
import devml.run.Evaluator;
import devml.run.FastEvaluator;
import devml.run.ReferenceEvaluator;
import devml.tensor.DType;
import devml.tensor.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs networks in balls, and holds every entry against the same equations in decimal arithmetic, on the same sides of
 * all comparisons.
 */
class EnclosureTest {
    private static final Workers WORKERS = new Workers(2);
    private static final AtomicLong ENCLOSED = new AtomicLong();
    private static final AtomicLong UNKNOWN = new AtomicLong();
    private static final AtomicLong CHECKED = new AtomicLong();
    private static final AtomicLong DOUBTFUL = new AtomicLong();
    private static final AtomicLong AT_KINKS = new AtomicLong();

    /** Of decimal numbers: 120 digits less what a few thousand roundings and cancellations take. */
    private static final BigDecimal DECIMAL_ERROR = new BigDecimal("1e-70");

    /**
     * Where nothing is known of some results that exist. Numbers on the way leave the range of doubles: a difference of
     * logits of 1e308, and the cube of 1e300. Or they reach a pole: the norm of order -1 of what has a 0 in it goes by
     * 0^-1, an infinity whose sign is that of the zero, which real numbers do not have.
     */
    private static final Set<String> OVERFLOWS =
            Set.of("cross_entropy/huge-logits.yaml", "gelu/large.yaml", "normalize/order--1-zero.yaml");

    static List<Path> files() throws IOException {
        return Runs.files("testdata/layers", "testdata/notebook", "networks").stream()
                .filter(file -> !file.startsWith("networks/layers"))
                .toList();
    }

    /** Of a network that ships one sample will do: in decimals it takes seconds. */
    private static Runs ofShipped(Path file, Runs all) {
        return file.startsWith("networks") ? all.small() : all;
    }

    @ParameterizedTest
    @MethodSource("files")
    void enclosesTheExactResultAndBoundsTheErrorsOfFloat64(Path file) {
        Runs runs = ofShipped(file, Runs.of(file));
        OracleNumbers balls = new OracleNumbers(DType.FLOAT64, runs.program().count(), 0);
        DecimalNumbers decimals = new DecimalNumbers(runs.program().count());
        runs.run(new Paired(balls, decimals));
        checkEnclosures(file, runs, balls, decimals);
        checkBounds(runs, balls, DType.FLOAT64);
    }

    private static void checkEnclosures(Path file, Runs runs, OracleNumbers balls, DecimalNumbers decimals) {
        int unknown = 0;
        for (Map.Entry<String, Integer> tensor : runs.computed().entrySet()) {
            for (int i = 0; i < runs.shape(tensor.getValue()).size(); i++) {
                Ball ball = balls.ball(tensor.getValue(), i);
                DecimalNumbers.Extended exact = decimals.element(tensor.getValue(), i);
                unknown += ball.isUnknown() && exact.isFinite() ? 1 : 0;
                (ball.isUnknown() ? UNKNOWN : ENCLOSED).incrementAndGet();
                assertThat(ball.isUnknown() || encloses(ball, exact))
                        .as("%s[%d]: %s encloses %s", tensor.getKey(), i, ball, exact)
                        .isTrue();
            }
        }
        assertThat(unknown > 0)
                .as("there are numbers of which nothing is known")
                .isEqualTo(OVERFLOWS.stream().anyMatch(file::endsWith));
    }

    /** But for data that float32 cannot hold: three files hold numbers near 1e300. */
    @ParameterizedTest
    @MethodSource("files")
    void boundsTheErrorsOfFloat32(Path file) {
        Optional<Runs> runs = Runs.ofFloat32(file).map(all -> ofShipped(file, all));
        runs.ifPresent(present -> checkBounds(
                present,
                present.run(new OracleNumbers(DType.FLOAT32, present.program().count(), 0)),
                DType.FLOAT32));
    }

    /** What both evaluators compute is as near to the exact result as the error analysis says. */
    private static void checkBounds(Runs runs, OracleNumbers oracle, DType dtype) {
        int count = runs.program().count();
        Evaluator fast = runs.run(new FastEvaluator(dtype, runs.program(), WORKERS));
        Evaluator reference = runs.run(new ReferenceEvaluator(dtype, count));
        runs.computed().forEach((name, tensor) -> {
            Shape shape = runs.shape(tensor);
            double[] exact = oracle.midpoint(tensor, shape).values();
            double[] radii = oracle.radius(tensor, shape).values();
            double[] errors = oracle.error(tensor, shape).values();
            for (int i = 0; i < exact.length; i++) {
                if (!followsConventions(oracle, tensor, i)) {
                    DOUBTFUL.incrementAndGet();
                    continue;
                }
                AT_KINKS.addAndGet(oracle.doubts(tensor, i).isEmpty() ? 0 : 1);
                double bound = errors[i] + radii[i];
                CHECKED.addAndGet(bound < Double.POSITIVE_INFINITY ? 1 : 0);
                for (Evaluator evaluator : List.of(fast, reference)) {
                    double computed = evaluator.get(tensor, shape, false).get(i);
                    assertThat(Double.compare(computed, exact[i]) == 0
                                    || Math.abs(computed - exact[i]) <= bound
                                    || bound == Double.POSITIVE_INFINITY)
                            .as("%s[%d] is %s, exactly %s within %s", name, i, computed, exact[i], bound)
                            .isTrue();
                }
            }
        });
    }

    /**
     * Whether all comparisons on which an element depends are of numbers that both evaluators have exactly, such as data:
     * then they decide as the equations say, a tie too. Where not, an evaluator may be on the other side of a kink, and
     * nothing bounds how far that leads.
     */
    private static boolean followsConventions(OracleNumbers oracle, int tensor, int offset) {
        return oracle.doubts(tensor, offset).stream()
                .mapToObj(oracle.kinks()::get)
                .allMatch(Kink::known);
    }

    /** Bounds that are infinite, or entries that are all doubtful, would hide everything. */
    @AfterAll
    static void checkedMany() {
        assertThat(ENCLOSED.get()).as("entries in a ball that is finite").isGreaterThan(1000 * UNKNOWN.get());
        assertThat(CHECKED.get()).as("entries held to a bound").isGreaterThan(50 * DOUBTFUL.get());
        assertThat(AT_KINKS.get()).as("entries at kinks that are").isGreaterThan(1000);
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
