package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import devml.format.Npy;
import devml.format.Npz;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    private Path folder;

    private static Tensor vector(double... values) {
        return new Tensor.Doubles(Shape.of(values.length), values);
    }

    private Path npz(String name, Map<String, Tensor> tensors) {
        Path file = folder.resolve(name);
        Npz.write(file, tensors);
        return file;
    }

    private Path npy(String name, double... values) {
        Path file = folder.resolve(name);
        Npy.write(file, vector(values));
        return file;
    }

    @Test
    void passesWhereAllIsEqual() {
        Path set = npz("a.npz", Map.of("w", vector(1, 2)));
        assertThat(Devml.run("compare", set, set).code()).isZero();
    }

    @Test
    void failsOnAnEntryAndNamesIt() {
        Devml devml =
                Devml.run("compare", npz("a.npz", Map.of("w", vector(1, 2))), npz("b.npz", Map.of("w", vector(1, 3))));
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out()).contains("worst entry     w[1]");
    }

    @Test
    void failsOnANameThatOneLacks() {
        Path more = npz("a.npz", Map.of("w", vector(1), "b", vector(1)));
        Path less = npz("b.npz", Map.of("w", vector(1)));
        assertThat(Devml.run("compare", more, less).code()).isEqualTo(1);
        assertThat(Devml.run("compare", less, more).code()).isEqualTo(1);
    }

    @Test
    void matchesADirectoryOfGradientsWithPlainNames() {
        npy("run/gradients/w.npy", 1, 2);
        Path plain = npz("b.npz", Map.of("w", vector(1, 2)));
        assertThat(Devml.run("compare", folder.resolve("run"), plain).code()).isZero();
    }

    @Test
    void comparesTwoFilesOfOneTensorWhateverTheirNames() {
        assertThat(Devml.run("compare", npy("a.npy", 1, 2), npy("b.npy", 1, 2)).code())
                .isZero();
        assertThat(Devml.run("compare", npy("a.npy", 1, 2), npy("b.npy", 1, 3)).code())
                .isEqualTo(1);
    }

    @Test
    void takesTolerances() {
        Path a = npy("a.npy", 1, 2);
        Path b = npy("b.npy", 1, 2.5);
        assertThat(Devml.run("compare", a, b, "--rtol", "0", "--atol", "0.5").code())
                .isZero();
        assertThat(Devml.run("compare", a, b, "--rtol", "0", "--atol", "-1")).satisfies(devml -> {
            assertThat(devml.code()).isEqualTo(2);
            assertThat(devml.err()).contains("a tolerance is a finite number that is not negative");
        });
    }

    @Test
    void saysWhatIsMissing() {
        Devml devml = Devml.run("compare", folder.resolve("a.npz"), folder.resolve("b.npz"));
        assertThat(devml).isEqualTo(new Devml(2, "", "error: " + folder.resolve("a.npz") + ": no such file\n"));
    }
}
