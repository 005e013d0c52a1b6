package devml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fault.Fault;
import devml.random.Generator;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
    private final DataLoader loader = new DataLoader(Generator.of("numpy", BigInteger.ZERO), DataLoaderTest::file);

    @Test
    void drawsThenBroadcasts() {
        Tensor weight = load("{rand: [2, 2]}", Shape.of(2, 2, 2));

        // np.random.seed(0); np.random.rand(2, 2)
        double[] drawn = {0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.5448831829968969};
        assertThat(((Tensor.Doubles) weight).values())
                .containsExactly(drawn[0], drawn[1], drawn[2], drawn[3], drawn[0], drawn[1], drawn[2], drawn[3]);
        // np.random.rand(1) after it
        assertThat(load("rand", Shape.of(1)).get(0)).isEqualTo(0.4236547993389047);
    }

    @Test
    void drawsTheShapeThatIsNeeded() {
        assertThat(load("rand", Shape.of(3, 2)).shape()).isEqualTo(Shape.of(3, 2));
    }

    @Test
    void broadcastsFilesListsAndConstants() {
        assertThat(((Tensor.Doubles) load("w.npz#bias", Shape.of(2, 2))).values())
                .containsExactly(1.5, 2.5, 1.5, 2.5);
        assertThat(((Tensor.Longs) load("[[1], [2]]", Shape.of(2, 2))).values()).containsExactly(1, 1, 2, 2);
        assertThat(((Tensor.Doubles) load("{full: 7}", Shape.of(3))).values()).containsExactly(7, 7, 7);
        assertThat(loader.load("p", spec("w.npz#bias"), Optional.empty(), Optional.empty())
                        .shape())
                .isEqualTo(Shape.of(2));
    }

    @Test
    void showsBothShapesWhereTheyDoNotFit() {
        assertThat(faultOf("[1, 2, 3]", Optional.of(Shape.of(2, 2)), Optional.empty())
                        .render())
                .isEqualToNormalizingNewlines("""
                        net.yaml:3:17: error: data of shape (3,) do not fit 'p' of shape (2, 2)
                           3 | parameters: {p: [1, 2, 3]}
                             |                 ^^^^^^^^^""");
    }

    @Test
    void missingFileIsToldWhereItIsNamed() {
        assertThat(faultOf("gone.npy", Optional.empty(), Optional.empty()).render())
                .isEqualToNormalizingNewlines("""
                        net.yaml:3:17: error: %s: no such file
                           3 | parameters: {p: gone.npy}
                             |                 ^^^^^^^^""".formatted(Path.of("nets/gone.npy")));
    }

    @Test
    void needsAShapeFromSomewhere() {
        assertThat(faultOf("rand", Optional.empty(), Optional.empty()))
                .hasMessage("these data need a shape, as in {rand: [2, 3]}");
    }

    @Test
    void takesTheNetworksPrecision() {
        assertThat(loader.load("p", spec("[1, 2]"), Optional.empty(), Optional.of(DType.FLOAT64)))
                .isInstanceOf(Tensor.Doubles.class);
        assertThat(((Tensor.Floats) loader.load("p", spec("[0.1]"), Optional.empty(), Optional.of(DType.FLOAT32)))
                        .values())
                .containsExactly(0.1f);
        assertThat(faultOf("[[1, 2], [3, 1e39]]", Optional.empty(), Optional.of(DType.FLOAT32)))
                .hasMessage("1.0E39 at index [1, 1] is too large for float32");
    }

    private Tensor load(String text, Shape wanted) {
        return loader.load("p", spec(text), Optional.of(wanted), Optional.empty());
    }

    private Fault faultOf(String text, Optional<Shape> wanted, Optional<DType> dtype) {
        return catchThrowableOfType(Fault.class, () -> loader.load("p", spec(text), wanted, dtype));
    }

    private static DataSpec spec(String text) {
        return NetworkFileTest.read("inputs: {x: [1]}\nloss: {layer: l1_loss}\nparameters: {p: " + text + "}\n")
                .parameters()
                .getFirst()
                .data();
    }

    private static Tensor file(Path path, Optional<String> key) {
        if (path.equals(Path.of("nets/w.npz")) && key.equals(Optional.of("bias"))) {
            return new Tensor.Doubles(Shape.of(2), new double[] {1.5, 2.5});
        }
        throw Fault.of(path + ": no such file");
    }
}
