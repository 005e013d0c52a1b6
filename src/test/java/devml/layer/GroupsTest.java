package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.numbers;
import static devml.Definitions.reals;
import static devml.Definitions.run;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.layer.BoundTensor.Role;
import devml.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups of dimensions, optional ones, those that options name, families, broadcasting. */
class GroupsTest {
    private static final String TWO = """
            layer: two
            tensors: |
              input  x[A...]
              input  z[A...]
              output y[A...]
            forward: |
              y[a] = x[a] - z[a]
            """;

    private static final String ALONG = """
            layer: along
            options: {dim: int}
            tensors: |
              input  x[A..., K@dim, B...]
              output y[A..., B...]
            forward: |
              y[a,b] = sum(k: (k + 1)*x[a,k,b])
            """;

    private static final String OPTIONAL = """
            layer: optional
            tensors: |
              input  x[N?, C, A...]
              output y[N?, A...]
            forward: |
              y[n,a] = sum(c: x[n,c,a])
            """;

    private static final String GIVEN = """
            layer: given
            options: {shape: ints}
            tensors: |
              input  x[A..., K... = shape]
              param  w[K...]
              output y[A...]
            forward: |
              y[a] = sum(k: w[k]*x[a,k])
            """;

    private static final String FLATTEN = """
            layer: flatten
            options: {first: int, last: int}
            tensors: |
              input  x[A..., K...@first:last, B...]
              output y[A..., K, B...]
            forward: |
              y[a,k,b] = x[a,k,b]
            """;

    private static final String JOIN = """
            layer: join
            options: {dim: int = 0}
            tensors: |
              input  x.q[A..., K.q@dim, B...]
              output y[A..., T, B...]
            where: |
              T = sum(q: K.q)
              start.q = sum(q' | q' < q: K.q')
            forward: |
              y[a,start.q + k.q,b] = x.q[a,k.q,b]
            backward: |
              dx.q[a,k.q,b] += (q + 1)*dy[a,start.q + k.q,b]
            """;

    private static Shape shape(String yaml, String options, Shape x) {
        return SizesTest.shape(yaml, options, Map.of("x", x), "y");
    }

    @Test
    void groupsBindTuples() {
        assertThat(SizesTest.shape(TWO, "{}", Map.of("x", Shape.of(2, 3), "z", Shape.of(2, 3)), "y"))
                .isEqualTo(Shape.of(2, 3));
        assertThat(SizesTest.shape(TWO, "{}", Map.of("x", Shape.SCALAR, "z", Shape.SCALAR), "y"))
                .isEqualTo(Shape.SCALAR);
        assertThat(fault(TWO, "{}", Map.of("x", Shape.of(2, 3), "z", Shape.of(3, 2))))
                .isEqualTo("net.yaml:1:1: error: net.z has the shape (3, 2), but is declared as [A...]: "
                        + "A is (3, 2) here, but (2, 3) before (A = (2, 3))");
        assertThat(fault(TWO, "{}", Map.of("x", Shape.of(2, 3), "z", Shape.of(6))))
                .contains("number of dimensions");
    }

    @Test
    void anOptionNamesADimensionFromEitherEnd() {
        Map<String, Shape> inputs = Map.of("x", Shape.of(2, 3));
        double[] x = {1, 2, 3, 10, 20, 30};
        assertThat(numbers(run(bind(ALONG, "{dim: 0}", inputs), Map.of("x", reals(Shape.of(2, 3), x)))
                        .get("y")))
                .containsExactly(21, 42, 63);
        for (String last : new String[] {"1", "-1"}) {
            assertThat(numbers(run(bind(ALONG, "{dim: " + last + "}", inputs), Map.of("x", reals(Shape.of(2, 3), x)))
                            .get("y")))
                    .containsExactly(14, 140);
        }
        assertThat(fault(ALONG, "{dim: 2}", inputs))
                .endsWith("dim is 2, but a tensor of shape (2, 3) has dimensions -2 to 1");
        assertThat(fault(ALONG, "{dim: -3}", inputs))
                .endsWith("dim is -3, but a tensor of shape (2, 3) has dimensions -2 to 1");
        assertThat(fault(ALONG, "{dim: 1}", Map.of("x", Shape.SCALAR)))
                .endsWith("dim is 1, but a tensor of shape () has dimensions -1 to 0");
    }

    @Test
    void aLeadingDimensionMayBeAbsent() {
        assertThat(shape(OPTIONAL, "{}", Shape.of(3))).isEqualTo(Shape.SCALAR);
        assertThat(shape(OPTIONAL, "{}", Shape.of(2, 3))).isEqualTo(Shape.of(2));
        assertThat(shape(OPTIONAL, "{}", Shape.of(2, 3, 4, 5))).isEqualTo(Shape.of(2, 4, 5));
        assertThat(numbers(run(bind(OPTIONAL, "{}", Map.of("x", Shape.of(3))), Map.of("x", vector(1, 2, 4)))
                        .get("y")))
                .containsExactly(7);
    }

    @Test
    void anOptionGivesAGroup() {
        assertThat(shape(GIVEN, "{shape: [3, 4]}", Shape.of(2, 3, 4))).isEqualTo(Shape.of(2));
        assertThat(SizesTest.shape(GIVEN, "{shape: [3, 4]}", Map.of("x", Shape.of(3, 4)), "w"))
                .isEqualTo(Shape.of(3, 4));
        assertThat(shape(GIVEN, "{shape: []}", Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
        assertThat(fault(GIVEN, "{shape: [4, 3]}", Map.of("x", Shape.of(2, 3, 4))))
                .contains("K is (3, 4) here, but (4, 3) before");
        assertThat(fault(GIVEN, "{shape: [-1]}", Map.of("x", Shape.of(2, 3))))
                .isEqualTo("net.yaml:1:1: error: net, a given: shape is no row of extents: [-1]");
        assertThat(fault(GIVEN, "{shape: [99999999999]}", Map.of("x", Shape.of(2, 3))))
                .isEqualTo("net.yaml:1:1: error: net, a given: shape is no row of extents: [99999999999]");
        assertThat(fault(GIVEN.replace("= shape", "= shap"), "{shape: [3]}", Map.of("x", Shape.of(2, 3))))
                .isEqualTo(
                        "test.yaml:4:25: error: 'shap' is no index, size, option or short name here; did you mean 'shape'?");
    }

    @Test
    void axesMakeAGroup() {
        assertThat(shape(FLATTEN, "{first: 1, last: 2}", Shape.of(2, 3, 4, 5))).isEqualTo(Shape.of(2, 12, 5));
        assertThat(shape(FLATTEN, "{first: 0, last: -1}", Shape.of(2, 3, 4))).isEqualTo(Shape.of(24));
        assertThat(shape(FLATTEN, "{first: -2, last: -2}", Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 4));
        assertThat(fault(FLATTEN, "{first: 2, last: 1}", Map.of("x", Shape.of(2, 3, 4))))
                .endsWith("dimension 2 stands after dimension 1");
        assertThat(fault(FLATTEN, "{first: 1, last: 3}", Map.of("x", Shape.of(2, 3, 4))))
                .endsWith("last is 3, but a tensor of shape (2, 3, 4) has dimensions -3 to 2");
    }

    @Test
    void aFamilyHasAnyNumberOfMembers() {
        BoundLayer layer = bind(JOIN, "{dim: 1}", Map.of("x.0", Shape.of(2, 1), "x.1", Shape.of(2, 2)));
        Map<String, devml.tensor.Tensor> results = run(
                layer,
                Map.of(
                        "x.0", reals(Shape.of(2, 1), 1, 2),
                        "x.1", reals(Shape.of(2, 2), 3, 4, 5, 6),
                        "dy", reals(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)));
        assertThat(numbers(results.get("y"))).containsExactly(1, 3, 4, 2, 5, 6);
        assertThat(numbers(results.get("dx.0"))).containsExactly(1, 4);
        assertThat(numbers(results.get("dx.1"))).containsExactly(4, 6, 10, 12);
        assertThat(layer.sizes()).containsEntry("K.1", java.util.List.of(2)).containsEntry("T", java.util.List.of(3));
        assertThat(fault(JOIN, "{dim: 1}", Map.of("x.0", Shape.of(2, 1), "x.1", Shape.of(3, 2))))
                .endsWith("is declared as [A..., K.1@dim, B...]: A is 3 here, but 2 before (A = 2, K.0 = 1, B = ())");
    }

    @Test
    void aVectorOfNothingFitsWhereASizeOfItsOwnIsZero() {
        String join = JOIN.replace("B...]\n  output", "B...] or [0]\n  output");
        BoundLayer layer = bind(join, "{dim: 1}", Map.of("x.0", Shape.of(0), "x.1", Shape.of(2, 3)));
        assertThat(layer.sizes()).containsEntry("K.0", java.util.List.of(0)).containsEntry("T", java.util.List.of(3));
        assertThat(layer.tensor("dx.0").orElseThrow().shape()).isEqualTo(Shape.of(0));
        String both = """
                layer: both
                tensors: |
                  input  x[N] or [0]
                  input  z[N]
                  output y[N]
                forward: |
                  y[n] = x[n] + z[n]
                """;
        assertThat(fault(both, "{}", Map.of("x", Shape.of(0), "z", Shape.of(3))))
                .endsWith("net.x has the shape (0,), but is declared as [N]: the extent is 0, but N is 3 (N = 3)");
    }

    @Test
    void smallerInputsAreExpandedAndTheirGradientsSummed() {
        String mul = """
                layer: mul
                tensors: |
                  input  x[A...] broadcast
                  input  z[A...] broadcast
                  output y[A...]
                forward: |
                  y[a] = x[a] * z[a]
                backward: |
                  dx[a] += dy[a] * z[a]
                  dz[a] += dy[a] * x[a]
                """;
        BoundLayer layer = bind(mul, "{}", Map.of("x", Shape.of(2, 1), "z", Shape.of(3)));
        Map<String, devml.tensor.Tensor> results = run(
                layer,
                Map.of(
                        "x.given", reals(Shape.of(2, 1), 1, 10),
                        "z.given", vector(1, 2, 3),
                        "dy", reals(Shape.of(2, 3), 1, 1, 1, 1, 1, 1)));
        assertThat(results.get("y").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(numbers(results.get("y"))).containsExactly(1, 2, 3, 10, 20, 30);
        assertThat(numbers(results.get("dx.given"))).containsExactly(6, 6);
        assertThat(numbers(results.get("dz.given"))).containsExactly(11, 11, 11);
        assertThat(layer.tensors(Role.INPUT)).extracting(BoundTensor::input).containsExactly("x", "z");
        assertThat(fault(mul, "{}", Map.of("x", Shape.of(2, 2), "z", Shape.of(3))))
                .isEqualTo("net.yaml:1:1: error: net: the shapes (2, 2) and (3,) do not broadcast");
    }
}
