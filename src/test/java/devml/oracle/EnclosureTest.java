package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Workers;
import devml.run.Evaluator;
import devml.run.FastEvaluator;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
    private static final AtomicLong AT_KINKS = new AtomicLong();

    /** Of decimal numbers: 120 digits less what a few thousand roundings and cancellations take. */
    private static final BigDecimal DECIMAL_ERROR = new BigDecimal("1e-70");

    /**
     * Where nothing is known of some results that exist. Numbers on the way leave the range of doubles: a difference of
     * logits of 1e308, the cube of 1e300, and numbers of 1e308 each beside its neighbour.
     */
    private static final Set<String> OVERFLOWS =
            Set.of("cross_entropy/huge-logits.yaml", "gelu/large.yaml", "normalize/largest-p-inf.yaml");

    /**
     * Where besides some finite results have no bound, which would admit anything: at infinities, poles and NaN among the
     * data and what comes of them, and at differences of scores near -1e30, whose roundings are larger than all exponents.
     */
    private static final Set<String> UNBOUNDED = Set.of(
            "div/nan-and-infinite.yaml",
            "log_softmax/huge-logits.yaml",
            "mask-of-great-numbers.yaml",
            "pow/infinite.yaml",
            "pow/negative-base.yaml",
            "pow/zero-base.yaml",
            "rows-order--1-plain.yaml",
            "rows-order--1-swap.yaml",
            "std/correction-beyond.yaml");

    /**
     * Where in float32 alone: a bound of -1e300; and a variance behind three normalisations, of which roundings that all go
     * the same way would leave nothing.
     */
    private static final Set<String> UNBOUNDED_IN_FLOAT32 =
            Set.of("hardtanh/one-bound-infinite.yaml", "networks/resnet.yaml");

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
        runs.run(new BallsLead(balls, decimals));
        checkEnclosures(file, runs, balls, decimals);
        checkBounds(file, runs, balls, DType.FLOAT64);
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
                file,
                present,
                present.run(new OracleNumbers(DType.FLOAT32, present.program().count(), 0)),
                DType.FLOAT32));
    }

    /**
     * What evaluators compute is as near to the exact result as the error analysis says. Behind comparisons of rounded
     * numbers the reference interpreter may be on the other side of a kink, and the balls then go there with it; the fast
     * evaluator, which adds up in another order, may be on either.
     */
    private static void checkBounds(Path file, Runs runs, OracleNumbers conventions, DType dtype) {
        FloatsLead paired = runs.run(new FloatsLead(dtype, runs.program().count()));
        Evaluator fast = runs.run(new FastEvaluator(dtype, runs.program(), WORKERS));
        AtomicLong unbounded = new AtomicLong();
        runs.computed().forEach((name, tensor) -> {
            Shape shape = runs.shape(tensor);
            Tensor interpreted = paired.other.get(tensor, shape);
            Tensor quick = fast.get(tensor, shape, false);
            Bounds by = Bounds.of(conventions, tensor, shape);
            Bounds other = Bounds.of(paired.balls, tensor, shape);
            for (int i = 0; i < shape.size(); i++) {
                boolean isUnbounded = other.bound(i) == Double.POSITIVE_INFINITY && Double.isFinite(interpreted.get(i));
                unbounded.addAndGet(isUnbounded ? 1 : 0);
                AT_KINKS.addAndGet(conventions.doubts(tensor, i).isEmpty() ? 0 : 1);
                assertThat(other.admits(i, interpreted.get(i)))
                        .as("%s[%d] is %s, %s", name, i, interpreted.get(i), other.at(i))
                        .isTrue();
                assertThat(by.admits(i, quick.get(i)) || other.admits(i, quick.get(i)))
                        .as("%s[%d] is %s, %s, or %s", name, i, quick.get(i), by.at(i), other.at(i))
                        .isTrue();
            }
        });
        Stream<String> expected = Stream.of(
                        OVERFLOWS, UNBOUNDED, dtype == DType.FLOAT32 ? UNBOUNDED_IN_FLOAT32 : Set.<String>of())
                .flatMap(Set::stream);
        assertThat(unbounded.get() > 0)
                .as("%s finite results have no bound", unbounded)
                .isEqualTo(expected.anyMatch(file::endsWith));
    }

    /** What is known of a tensor: the double nearest to the exact result, and how far a computed one may be from that. */
    private record Bounds(double[] exact, double[] radii, double[] errors) {
        static Bounds of(OracleNumbers oracle, int tensor, Shape shape) {
            return new Bounds(
                    oracle.midpoint(tensor, shape).values(),
                    oracle.radius(tensor, shape).values(),
                    oracle.error(tensor, shape).values());
        }

        double bound(int i) {
            return errors[i] + radii[i];
        }

        boolean admits(int i, double computed) {
            return Double.compare(computed, exact[i]) == 0
                    || Math.abs(computed - exact[i]) <= bound(i)
                    || bound(i) == Double.POSITIVE_INFINITY;
        }

        String at(int i) {
            return "exactly %s within %s".formatted(exact[i], bound(i));
        }
    }

    /** Balls that are infinite would hide everything. */
    @AfterAll
    static void checkedMany() {
        assertThat(ENCLOSED.get()).as("entries in a ball that is finite").isGreaterThan(1000 * UNKNOWN.get());
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
