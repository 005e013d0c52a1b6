package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.Definitions;
import devml.fault.Fault;
import org.junit.jupiter.api.Test;

/** What cannot be derived is said where it stands. */
class ErrorsTest {

    private static String fault(String where, String forward) {
        String yaml = """
                layer: test
                options: {kernel_size: int2 = 2}
                tensors: |
                  input  x[N, H]
                  output y[N]
                where: |
                  R = 2
                  I = H
                  h = i + r - 1
                %sforward: |
                %s""".formatted(where.indent(2), forward.indent(2));
        return catchThrowableOfType(Fault.class, () -> Definitions.read(yaml)).render();
    }

    @Test
    void anOutputThatIsReadAndHasNoIndexOfItsOwn() {
        String yaml = """
                layer: test
                tensors: |
                  input  x[N, H]
                  output y[N*H]
                  output z[N]
                forward: |
                  y[n*H + h] = x[n,h]
                  z[n] = y[n*H]^2
                """;
        assertThat(catchThrowableOfType(Fault.class, () -> Definitions.read(yaml))
                        .render())
                .isEqualTo("""
                        test.yaml:8:10: error: y is an output whose dimensions are products of sizes, and is read too; \
                        set a local tensor first, and the output from that
                           8 |   z[n] = y[n*H]^2
                             |          ^^^^^^""");
    }

    @Test
    void aFunctionWithoutARule() {
        assertThat(fault("", "y[n] = sum(h': tanhh(x[n,h']))"))
                .startsWith("test.yaml:11:18: error: there is no function 'tanhh'; did you mean 'tanh'?\n");
    }

    @Test
    void aPositionThatIsNeededTwice() {
        assertThat(fault("s = sum(i,r: x[n,h])", "y[n] = sum(r: s*x[n,r])"))
                .startsWith(
                        "test.yaml:10:20: error: the derivative needs h for two values of an index at once, which a short name "
                                + "cannot say\n");
    }

    @Test
    void anItemOfAPair() {
        assertThat(fault("a, b = kernel_size*sum(h': x[n,h'])", "y[n] = a + b"))
                .startsWith(
                        "test.yaml:12:10: error: 'a' is an item of a pair through which no gradient can be derived; write its "
                                + "formula for itself\n");
    }

    @Test
    void aShortNameThatIsDefinedByItself() {
        assertThat(fault("a = b + 1\nb = 2*a", "y[n] = a*x[n,0]"))
                .startsWith("test.yaml:11:9: error: 'a' is defined by itself\n");
    }

    @Test
    void anAccessWithTooManySubscripts() {
        assertThat(fault("", "y[n] = sum(h': (x[n,h',h' - 1] else 0))"))
                .startsWith("test.yaml:11:19: error: x has no dimension 2\n");
    }

    /** What only binding can tell is not the derivation's to complain about. */
    @Test
    void anUnknownTensorIsLeftToTheBinder() {
        assertThat(Definitions.read("""
                layer: test
                tensors: |
                  input  x[N]
                  output y[N]
                forward: |
                  y[n] = x[n]*unknown[n]
                """).backward()).hasToString("[dx[n] += dy[n] * unknown[n]]");
    }
}
