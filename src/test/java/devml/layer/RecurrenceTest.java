package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.numbers;
import static devml.Definitions.run;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the equations of a loop may read and write. */
class RecurrenceTest {
    private static final Map<String, Shape> INPUTS = Map.of("x", Shape.of(4), "w", Shape.of(2));

    /** The first forward equation stands in line 7. */
    private static String layer(String forward) {
        return """
                layer: test
                tensors: |
                  input  x[T]
                  input  w[K]
                  output y[T]
                forward: |
                  %s
                """.formatted(
                        forward.replace("; ", "\n  ").replace(": ", ":\n  ").replace("~", "  "));
    }

    private static double[] y(String forward) {
        BoundLayer layer = bind(layer(forward), "{}", INPUTS);
        Map<String, Tensor> results = run(layer, Map.of("x", vector(1, 2, 4, 8), "w", vector(10, 20)));
        return numbers(results.get("y"));
    }

    @Test
    void anEquationReadsWhatEarlierStepsOfItselfWrote() {
        assertThat(y("for t: ~y[t] = x[t] + (y[t-1] else 100)")).containsExactly(101, 103, 107, 115);
        assertThat(y("for t down: ~y[t] = x[t] + (y[t+1] else 100)")).containsExactly(115, 114, 112, 108);
        assertThat(y("for t: ~y[t] = x[t] + (y[t-2] else 0)")).containsExactly(1, 2, 5, 10);
    }

    @Test
    void stepsMayRunThroughATensorBackwards() {
        assertThat(y("for t: ~y[T-1-t] = x[T-1-t] + (y[T-t] else 100)")).containsExactly(115, 114, 112, 108);
    }

    @Test
    void equationsOfAStepRunInTheirOrder() {
        assertThat(y("for t: ~a[t] = x[t] + (b[t-1] else 0); ~b[t] = 2*a[t]; y[t] = b[t]"))
                .containsExactly(2, 8, 24, 64);
    }

    @Test
    void stepsAddUpWhereTheTargetHasNoIndexOfTheLoop() {
        assertThat(y("for t: ~c[t] = x[t] + (c[t-1] else 0); ~s[k] += c[t]*w[k]; y[t] = s[0] + 0*c[t]"))
                .containsExactly(260, 260, 260, 260);
    }

    @Test
    void aConditionMayStartARecurrence() {
        assertThat(y("y[0] = 5; for t: ~y[t] = y[t-1] + x[t] | t > 0")).containsExactly(5, 7, 11, 19);
    }

    @Test
    void noStepsAreFine() {
        BoundLayer layer =
                bind(layer("for t: ~y[t] = (y[t-1] else 0) + x[t]"), "{}", Map.of("x", Shape.of(0), "w", Shape.of(2)));
        assertThat(numbers(run(layer, Map.of("x", vector(), "w", vector(1, 2))).get("y")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            for t: ~y[t] = (y[t+1] else 0)                     → net.y is read here 1 step before it is set
            for t: ~y[t] = (y[t+2] else 0)                     → net.y is read here 2 steps before it is set
            for t down: ~y[t] = (y[t-1] else 0)                → net.y is read here 1 step before it is set
            for t: ~y[T-1-t] = (y[T-2-t] else 0)               → net.y is read here 1 step before it is set
            for t: ~y[t] = x[t] + y[t]                         → net.y is read here before this step has set it
            for t: ~y[t] = a[t]; ~a[t] = x[t]                  → net.a is read here before this step has set it
            for t: ~a[t] = x[t]; ~y[t] = (a[t+1] else 0)       → net.a is read here 1 step before it is set
            for t: ~a[t] = x[t]; ~y[t] = sum(t': a[t'])        → net.a is complete only after this loop; within, a subscript must tell which step's element is read, such as t-1
            for t: ~s[k] += x[t]*w[k]; ~y[t] = s[0] + x[t]     → net.s is complete only after this loop; within, a subscript must tell which step's element is read, such as t-1
            for t: ~y[t] = a[t]*w[0]; a[t] = x[t]              → there is no tensor 'a' here
            """)
    void whatIsReadMustBeComplete(String forward, String message) {
        assertThat(fault(layer(forward), "{}", INPUTS)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            for t: ~y[t] = y[t-1]                              → t - 1 may leave dimension 0 of y: it reaches -1…2 of 0…3
            for t: ~a[k] = x[t]*w[k]; y[t] = x[t]*a[0]         → net.a[0] is set twice
            for t: ~y[0] = x[t]                                → y[0] is set twice
            for t: ~y[t] = x[t] | t > 0                        → y[0] is never set
            for t: ~s[k] += w[k]; y[t] = s[0]*x[t]             → the index t is summed here, but a term does not contain it and would be counted 4 times
            for t: ~for k: ~~a[t,k] = x[t]; y[t] = a[t,0]      → a loop over steps stands in another one
            for j: ~y[t] = x[t]                                → is the index of no size here
            for t: ~y[t] = sum(t: x[t])                        → has a meaning here already
            """)
    void whatLoopsMustNot(String forward, String message) {
        assertThat(fault(layer(forward), "{}", INPUTS)).contains(message);
    }
}
