package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckEquationsTest {
    private static final String LAYER = """
            layer: mine
            options: {slope: float = 0.1}
            tensors: |
              input  x[A..., K]
              param  w[O, K]
              output y[A..., O]
            where: |
              O = 3
            forward: |
              z[a,o] = sum(k: w[o,k] * x[a,k])
              y[a,o] = where(z[a,o] > 0, z[a,o], slope*z[a,o])
            backward: |
              g[a,o] = dy[a,o]*where(z[a,o] > 0, 1, slope)
              dw[o,k] += g[a,o] * x[a,k]
              dx[a,k] += g[a,o] * w[o,k]
            """;

    @TempDir
    private Path folder;

    private Path layer(String slip, String by) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), LAYER.replace(slip, by));
    }

    @Test
    void passes() throws IOException {
        Devml devml = Devml.run("check", "--equations", layer("", ""));
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).containsPattern("dx +pass +[1-9]").endsWith("pass: 2 of 2 gradients pass\n");
    }

    @Test
    void namesTheWrongEquationAndWhatIsDerived() throws IOException {
        Path file = layer("x[a,k]\n  dx", "x[a,k]*2\n  dx");
        Devml devml = Devml.run("check", "--equations", file);
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out())
                .contains("equation    " + file + ":14:3: dw[o,k] += g[a,o] * x[a,k] * 2")
                .contains("derived     dw[o,k] += where(z[a,o] > 0, dy[a,o] * x[a,k], dy[a,o] * slope * x[a,k])")
                .containsPattern("entry {7}dw\\[\\d, \\d]")
                .contains("FAIL: 1 of 2 gradients pass, 1 FAIL");
    }

    @Test
    void namesTheLocalsInWhichTheMistakeMayStandToo() throws IOException {
        Path file = layer("1, slope)", "2, slope)");
        Devml devml = Devml.run("check", "--equations", file);
        assertThat(devml.code()).isEqualTo(1);
        String local = "which reads " + file + ":13:3: g[a,o] = dy[a,o] * where(z[a,o] > 0, 2, slope)";
        assertThat(devml.out().split(Pattern.quote(local), -1))
                .as("of both gradients")
                .hasSize(3);
        assertThat(Devml.run("check", "--equations", file, "--json").out())
                .containsPattern("\"reads\": \\[\\s*\\{\\s*\"equation\": \"g\\[a,o]");
    }

    @Test
    void anotherConventionAtAKinkIsInconclusive() throws IOException {
        assertThat(Devml.run("check", "--equations", layer("z[a,o] > 0, 1", "z[a,o] >= 0, 1"))
                        .code())
                .isEqualTo(3);
    }

    @Test
    void reportsToMachines() throws IOException {
        Path file = layer("g[a,o] * w", "-g[a,o] * w");
        Path junit = folder.resolve("junit.xml");
        Devml devml = Devml.run("check", "--equations", file, "--json", "--junit", junit);
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out())
                .contains(
                        "\"gradient\": \"dx\"",
                        "\"verdict\": \"fail\"",
                        "\"line\": 15",
                        "\"derivative\":",
                        "\"derived\":");
        assertThat(junit)
                .content()
                .contains("tests=\"2\" failures=\"1\" errors=\"0\"", "<failure type=\"beyond bounds\" message=\"dx[");
        assertThat(Devml.run("check", "--equations", file, "--github", "-q").out())
                .startsWith("::error file=" + file + ",line=15,col=3,title=devml%3A dx::dx[");
    }

    @Test
    void checksShippedLayersByName() {
        Devml devml = Devml.run("check", "--equations", "linear", "--shape", "x=2,5", "--option", "bias=true");
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).contains("dbias");
    }

    @Test
    void checksTheLayersOfWhichOneIsMade() throws IOException {
        Path file = Files.writeString(folder.resolve("made.yaml"), """
                layer: made
                options: {act: relu or tanh = relu}
                tensors: |
                  input x[A..., K]
                layers:
                  a: {layer: linear, out_features: 2, activation: sigmoid}
                  b: act
                  c: {layer: "where(K > 2, flatten, linear)"}
                """);
        Devml devml = Devml.run("check", "--equations", file);
        assertThat(devml.err()).isEmpty();
        assertThat(devml.code()).isZero();
        assertThat(devml.out())
                .contains("linear.dweight", "sigmoid.dx", "relu.dx", "tanh.dx", "flatten.dx", "7 of 7 gradients");
        Devml option = Devml.run("check", "--equations", file, "--option", "act=tanh");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("made is made of layers");
        Files.writeString(file, Files.readString(file).replace("sigmoid", "sigmoit"));
        assertThat(Devml.run("check", "--equations", file).err())
                .contains("made.yaml:6:", "there is no layer 'sigmoit'; did you mean 'sigmoid'?");
    }

    @Test
    void checksTheLayersOfANetworkAtTheirOwnShapes() {
        Devml devml = Devml.run("check", "--equations", "networks/simple-backpropagation.yaml");
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).contains("conv.dweight", "pool.dx", "loss.dx");
    }

    /** Truth values have no gradient: the equation of that of a mask holds for numbers alone. */
    @Test
    void needsNoEquationThatDoesNotHoldForTheNetworksData() throws IOException {
        Path file = Files.writeString(folder.resolve("masked.yaml"), """
                inputs:
                  q: {rand: [1, 2, 3]}
                  m: {shape: [2, 2], data: [[true, false], [true, true]]}
                layers:
                  att: {layer: scaled_dot_product_attention, from: [q, q, q], attn_mask: m}
                random: {seed: 1}
                """);
        Devml devml = Devml.run("check", "--equations", file);
        assertThat(devml.out()).containsPattern("att.dattn_mask +pass").endsWith("pass: 4 of 4 gradients pass\n");
        assertThat(devml.code()).isZero();
    }

    @Test
    void drawsNoIndicesOfATableWithoutRows() throws IOException {
        Path file = Files.writeString(folder.resolve("table.yaml"), """
                layer: table
                options:
                  rows: int >= 0
                tensors: |
                  input  t[N] in V
                  param  w[V]
                  output y[N]
                where: |
                  V = rows
                forward: |
                  y[n] = w[t[n]]
                backward: |
                  dw[t[n]] += dy[n]
                """);
        Devml devml = Devml.run("check", "--equations", file.toString());
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).containsPattern("dw +pass +[1-9]");
    }

    @Test
    void tellsWhyNothingCanBeBoundByWhatComesFarthest() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                layer: mine
                tensors: |
                  input  x[N, K]
                  output y[N]
                where: |
                  M = K / 2
                require: |
                  N >= 3
                forward: |
                  y[n] = sum(k: x[n,k]) + x[n,floor(x[n,0])]
                """);
        Devml devml = Devml.run("check", "--equations", file);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("mine.yaml:10:31: error", "a real number where an integer is needed");
    }

    @Test
    void refusesWhatMakesNoSense() throws IOException {
        Path file = layer("", "");
        assertThat(Devml.run("check", file, "--shape", "x=2").err()).contains("are for --equations");
        assertThat(Devml.run("check", "--equations", file, "--shape", "x=2,b").err())
                .contains("'2,b' is no shape");
        assertThat(Devml.run("check", "--equations", file, "--reference", file).err())
                .contains("needs no --reference");
        assertThat(Devml.run("check", "--equations", file, "--rtol", "1e-3", "--atol", "0"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("--equations takes no --rtol and --atol"));
        Devml network =
                Devml.run("check", "--equations", "networks/simple-backpropagation.yaml", "--option", "stride=2");
        assertThat(network.code()).isEqualTo(2);
        assertThat(network.err()).contains("networks/simple-backpropagation.yaml is a network");
        Devml unknown = Devml.run("check", "--equations", file, "--option", "slop=1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("mine has no option 'slop'; did you mean 'slope'?");
        Devml shape = Devml.run("check", "--equations", file, "--shape", "z=1");
        assertThat(shape.code()).isEqualTo(2);
        assertThat(shape.err()).contains("mine has no input 'z'");
        assertThat(Devml.run("check", "--equations", "lineer").err()).contains("did you mean 'linear'");
    }
}
