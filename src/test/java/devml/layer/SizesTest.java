package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, from the shapes of inputs and from options. */
class SizesTest {
    private static final String PRODUCT = """
            layer: split
            options: {groups: int}
            tensors: |
              input  x[G*M, K]
              output y[G, M]
            where: |
              G = groups
            forward: |
              y[g,m] = sum(k: x[g*M + m,k])
            """;

    @Test
    void aSizeMetAgainMustAgree() {
        String product = """
                layer: product
                tensors: |
                  input  x[N, K]
                  input  z[K, N]
                  output y[N]
                forward: |
                  y[n] = sum(k: x[n,k]*z[k,n])
                """;
        assertThat(shape(product, "{}", Map.of("x", Shape.of(2, 3), "z", Shape.of(3, 2)), "y"))
                .isEqualTo(Shape.of(2));
        assertThat(fault(product, "{}", Map.of("x", Shape.of(2, 3), "z", Shape.of(3, 4))))
                .isEqualTo("net.yaml:1:1: error: net.z has the shape (3, 4), but is declared as [K, N]: "
                        + "the extent is 4, but N is 2 (N = 2, K = 3)");
    }

    @Test
    void theNumberOfDimensionsMustFit() {
        assertThat(fault(PRODUCT, "{groups: 2}", Map.of("x", Shape.of(6))))
                .isEqualTo("net.yaml:1:1: error: net.x has the shape (6,), but is declared as [G*M, K]: "
                        + "that is not the number of dimensions that it takes");
    }

    @Test
    void aProductIsSolvedForItsOneUnknownSize() {
        assertThat(shape(PRODUCT, "{groups: 2}", Map.of("x", Shape.of(6, 5)), "y"))
                .isEqualTo(Shape.of(2, 3));
    }

    @Test
    void aProductIsSolvedExactlyOrNotAtAll() {
        assertThat(fault(PRODUCT, "{groups: 4}", Map.of("x", Shape.of(6, 5))))
                .isEqualTo("net.yaml:1:1: error: net.x has the shape (6, 5), but is declared as [G*M, K]: "
                        + "G*M is 6, which no whole M makes: the rest is 4");
        assertThat(fault(PRODUCT, "{groups: 0}", Map.of("x", Shape.of(6, 5))))
                .endsWith("no whole M makes: the rest is 0");
    }

    @Test
    void aProductHasOneUnknownSizeAtMost() {
        String two = """
                layer: two
                tensors: |
                  input  x[G*M]
                  output y[G]
                forward: |
                  y[g] = 0
                """;
        assertThat(fault(two, "{}", Map.of("x", Shape.of(6))))
                .endsWith("is declared as [G*M]: G*M has more than one unknown size");
    }

    @Test
    void aProductOfKnownSizesIsChecked() {
        String known = """
                layer: known
                options: {groups: int}
                tensors: |
                  input  x[2*G]
                  output y[G]
                where: |
                  G = groups
                forward: |
                  y[g] = x[g] + x[G + g]
                """;
        assertThat(shape(known, "{groups: 3}", Map.of("x", Shape.of(6)), "y")).isEqualTo(Shape.of(3));
        assertThat(fault(known, "{groups: 4}", Map.of("x", Shape.of(6))))
                .endsWith("is declared as [2*G]: the extent is 6, but 2*G is 8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2; 3",
                "3; 2",
                "6; 1",
                "4; C/groups is 6 / 4, which is not a whole number (C = 6)",
                "0; C/groups is 6 / 0, which is not a whole number (C = 6)"
            })
    void theSlashDividesSizesExactly(String groups, String expected) {
        String quotient = """
                layer: quotient
                options: {groups: int}
                tensors: |
                  input  x[C]
                  output y[D]
                where: |
                  D = C / groups
                forward: |
                  y[d] = x[groups*d]
                """;
        Map<String, Shape> inputs = Map.of("x", Shape.of(6));
        if (expected.length() == 1) {
            assertThat(shape(quotient, "{groups: " + groups + "}", inputs, "y"))
                    .isEqualTo(Shape.of(Integer.parseInt(expected)));
        } else {
            assertThat(fault(quotient, "{groups: " + groups + "}", inputs))
                    .isEqualTo("test.yaml:7:7: error: " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 1", "6, 3, 2", "-5, -3, 3", "-7, -4, 1"})
    void twoSlashesAndPercentRoundDown(int dividend, int quotient, int remainder) {
        String floor = """
                layer: floor
                options: {a: int}
                tensors: |
                  input  x[N]
                  output y[Q, R]
                where: |
                  Q = a // 2 + 10
                  R = a % 4 + 1
                forward: |
                  y[q,r] = 0
                """;
        assertThat(shape(floor, "{a: " + dividend + "}", Map.of("x", Shape.of(1)), "y"))
                .isEqualTo(Shape.of(quotient + 10, remainder + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "4, J comes out as 0 by 'J = W - kernel + 1' (W = 3)",
        "5, J comes out as -1 by 'J = W - kernel + 1' (W = 3)"
    })
    void anImpossibleSizeShowsItsFormula(int kernel, String message) {
        String window = """
                layer: window
                options: {kernel: int}
                tensors: |
                  input  x[W]
                  output y[J]
                where: |
                  J = W - kernel + 1
                forward: |
                  y[j] = sum(w | j <= w < j + kernel: x[w])
                """;
        assertThat(shape(window, "{kernel: 3}", Map.of("x", Shape.of(3)), "y")).isEqualTo(Shape.of(1));
        assertThat(fault(window, "{kernel: " + kernel + "}", Map.of("x", Shape.of(3))))
                .isEqualTo("test.yaml:7:3: error: " + message);
    }

    @Test
    void aSizeOfZeroIsMeantWhereAnInputIsEmpty() {
        String twice = """
                layer: twice
                tensors: |
                  input  x[W]
                  output y[J]
                where: |
                  J = 2*W
                forward: |
                  y[j] = x[j//2]
                """;
        assertThat(shape(twice, "{}", Map.of("x", Shape.of(0)), "y")).isEqualTo(Shape.of(0));
    }

    @Test
    void anImpossibleExtentOfATensorIsToldToo() {
        String negative = """
                layer: negative
                tensors: |
                  input  x[W]
                  output y[W - 4]
                forward: |
                  y[w] = x[w]
                """;
        assertThat(fault(negative, "{}", Map.of("x", Shape.of(3))))
                .isEqualTo("test.yaml:4:12: error: the extent comes out as -1 (W = 3)");
    }

    @Test
    void aSizeIsAnInteger() {
        String half = """
                layer: half
                options: {p: float}
                tensors: |
                  input  x[W]
                  output y[J]
                where: |
                  J = W*p
                forward: |
                  y[j] = x[j]
                """;
        assertThat(fault(half, "{p: 0.5}", Map.of("x", Shape.of(4))))
                .isEqualTo("test.yaml:7:7: error: W*p is not an integer that options and sizes determine");
    }

    @Test
    void aTensorTooLargeForAnArrayIsAFault() {
        String huge = """
                layer: huge
                tensors: |
                  input  x[W]
                  output y[W, W, W]
                forward: |
                  z[w,w'] = x[w]*x[w']
                  y[w,w',w''] = z[w,w']*x[w'']
                """;
        assertThat(fault(huge, "{}", Map.of("x", Shape.of(100_000))))
                .isEqualTo("test.yaml:4:3: error: shape (100000, 100000, 100000) holds more than 2147483639 elements");
        assertThat(fault(huge.replace("y[W, W, W]", "y[W]"), "{}", Map.of("x", Shape.of(100_000))))
                .isEqualTo("test.yaml:6:3: error: shape (100000, 100000) holds more than 2147483639 elements");
    }

    @Test
    void overflowIsAFault() {
        String cube = """
                layer: cube
                options: {k: int}
                tensors: |
                  input  x[W]
                  output y[J]
                where: |
                  J = k*k*k
                forward: |
                  y[j] = x[0]
                """;
        assertThat(fault(cube, "{k: 9999999999}", Map.of("x", Shape.of(3))))
                .isEqualTo("test.yaml:7:7: error: k*k cannot be worked out (W = 3): long overflow");
        String subscript = cube.replace("J = k*k*k", "J = W").replace("x[0]", "x[j*k*k]");
        assertThat(fault(subscript, "{k: 9999999999}", Map.of("x", Shape.of(3))))
                .isEqualTo("test.yaml:9:3: error: the integers of this equation cannot be worked out (W = 3, J = 3): "
                        + "long overflow");
    }

    static Shape shape(String yaml, String options, Map<String, Shape> inputs, String tensor) {
        return bind(yaml, options, inputs).tensor(tensor).orElseThrow().shape();
    }

    @Test
    void aFamilyOfOutputsHasAMember() {
        String pieces = """
                layer: pieces
                options: {count: int}
                tensors: |
                  input  x[N]
                  output y.q[N]
                where: |
                  Q = count
                forward: |
                  y.q[n] = x[n]
                """;
        assertThat(fault(pieces, "{count: 0}", Map.of("x", Shape.of(2))))
                .isEqualTo("net.yaml:1:1: error: net, a pieces, has no output (N = 2, Q = 0)");
    }
}
