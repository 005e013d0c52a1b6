package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import devml.format.Npz;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On y = x w with x = [1, 2], w = [[3, 4]] and the gradient of y [1, 1]: dw = [[1, 2]], dx = [3, 4]. */
class CheckCommandTest {
    private static final String NETWORK = """
            inputs: {x: [[1, 2]]}
            layers: {fc: {layer: linear, out_features: 1, bias: false}}
            parameters: {fc.weight: [[3, 4]]}
            """;

    @TempDir
    private Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws IOException {
        network = Files.writeString(folder.resolve("net.yaml"), NETWORK);
    }

    private Path reference(Map<String, Tensor> tensors) {
        Path file = folder.resolve("reference.npz");
        Npz.write(file, tensors);
        return file;
    }

    private static Tensor row(double... values) {
        return new Tensor.Doubles(Shape.of(1, values.length), values);
    }

    private Devml check(Map<String, Tensor> reference, Object... options) {
        Object[] args = {"check", network, "--reference", reference(reference)};
        return Devml.run(Stream.of(args, options).flatMap(Arrays::stream).toArray());
    }

    @Test
    void passes() {
        assertThat(check(Map.of("fc.weight", row(1, 2)))).isEqualTo(new Devml(0, """
                        tensor     shape   verdict  max abs  max rel  ulps  x bound
                        fc.weight  (1, 2)  pass           0        0     0        0

                        pass: 1 of 1 tensors pass
                        """.replace("\n\n", "\n"), ""));
    }

    @ParameterizedTest
    @EnumSource
    void runsByAnyEvaluator(EvaluatorName evaluator) {
        assertThat(check(Map.of("fc.weight", row(1, 2)), "--evaluator", evaluator)
                        .code())
                .isZero();
    }

    @Test
    void comparesInputsAndValuesThatTheReferenceNames() {
        Devml devml = check(Map.of("fc.weight", row(1, 2), "x", row(3, 4), "values/fc", row(11)));
        assertThat(devml.out()).endsWith("pass: 3 of 3 tensors pass\n");
    }

    @Test
    void failsOnAWrongValue() {
        assertThat(check(Map.of("fc.weight", row(1, 2), "values/fc", row(12)))).satisfies(devml -> {
            assertThat(devml.code()).isEqualTo(1);
            assertThat(devml.out()).contains("FAIL values/fc: 1 of 1 entries");
        });
    }

    @Test
    void failsOnNaN() {
        assertThat(check(Map.of("fc.weight", row(1, Double.NaN))).code()).isEqualTo(1);
    }

    @Test
    void failsWhereTheErrorIsNaN() throws IOException {
        Files.writeString(network, NETWORK.replace("[[3, 4]]", "nan.npz#w"));
        Npz.write(folder.resolve("nan.npz"), Map.of("w", row(Double.NaN, 4)));
        assertThat(check(Map.of("x", row(3, 4))).code()).isEqualTo(1);
    }

    @Test
    void failsOnATransposedShape() {
        Tensor column = new Tensor.Doubles(Shape.of(2, 1), new double[] {1, 2});
        Devml devml = check(Map.of("fc.weight", column));
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out()).contains("shape (1, 2), but (2, 1) in the reference");
    }

    @Test
    void failsOnANameThatTheNetworkDoesNotHave() {
        Devml devml = check(Map.of("fc.wieght", row(1, 2), "fc.weight", row(1, 2)));
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out()).contains("FAIL fc.wieght: only the reference has it");
    }

    @Test
    void failsOnAReferenceThatHoldsNothing() {
        assertThat(check(Map.of()).code()).isEqualTo(1);
    }

    @Test
    void strictFailsWhereAGradientHasNoReference() {
        Map<String, Tensor> inputOnly = Map.of("x", row(3, 4));
        assertThat(check(inputOnly).code()).isZero();
        assertThat(check(inputOnly).out()).contains("warning fc.weight: not in the reference");
        assertThat(check(inputOnly, "--strict").code()).isEqualTo(1);
    }

    @Test
    void takesTheToleranceOfTheCommandLine() {
        Map<String, Tensor> off = Map.of("fc.weight", row(1, 2.0001));
        assertThat(check(off).code()).isEqualTo(1);
        assertThat(check(off, "--rtol", "1e-3", "--atol", "0").code()).isZero();
    }

    @Test
    void takesBothPartsOfAToleranceOrNone() {
        Devml devml = check(Map.of("fc.weight", row(1, 2)), "--rtol", "1e-3");
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("--atol");
    }

    @Test
    void takesReferenceAndToleranceOfTheNetworkFile() throws IOException {
        Path reference = reference(Map.of("fc.weight", row(1, 2.0001)));
        Files.writeString(network, NETWORK + "expect: {reference: reference.npz, rtol: 1.0e-3}\n");
        assertThat(Devml.run("check", network).code()).isZero();
        assertThat(Devml.run("check", network, "--reference", reference).code())
                .as("that tolerance is for that reference")
                .isEqualTo(1);
    }

    @Test
    void needsAReference() {
        Devml devml = Devml.run("check", network);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("there is nothing to check against; give --reference, or 'expect:'");
    }

    @Test
    void pointsAtAnExpectationThatIsNotThere() throws IOException {
        Files.writeString(network, NETWORK + "expect: gone.npz\n");
        Devml devml = Devml.run("check", network);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("net.yaml:4:9: error: ", "gone.npz: no such file");
    }

    @Test
    void goesOnAfterABadFile() throws IOException {
        reference(Map.of("fc.weight", row(1, 2)));
        Files.writeString(network, NETWORK + "expect: reference.npz\n");
        Path junit = folder.resolve("junit.xml");
        Devml devml = Devml.run("check", folder.resolve("gone.yaml"), network, "--junit", junit);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("gone.yaml: no such file");
        assertThat(devml.out()).contains("pass: 1 of 1 tensors pass");
        assertThat(junit)
                .content()
                .contains("tests=\"2\" failures=\"0\" errors=\"1\"", "name=\"fc.weight\"", "gone.yaml: no such file");
    }

    @Test
    void tellsMachinesOfABadFile() throws IOException {
        Files.writeString(network, NETWORK.replace("linear", "linaer"));
        assertThat(Devml.run("check", network, "--json").out())
                .startsWith("{\n  \"verdict\": \"error\"")
                .contains("\"message\": \"there is no layer 'linaer'; did you mean 'linear'?\",\n      \"line\": 2");
        assertThat(Devml.run("check", network, "--github").out())
                .isEqualTo("::error file=" + network
                        + ",line=2,col=22::there is no layer 'linaer'; did you mean 'linear'?\n");
    }

    @Test
    void sumsUpSeveralFiles() throws IOException {
        reference(Map.of("fc.weight", row(1, 2)));
        Files.writeString(network, NETWORK + "expect: reference.npz\n");
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                NETWORK.replace("x: [[1, 2]]", "x: [[1, 3]]") + "expect: reference.npz\n");
        Devml devml = Devml.run("check", network, wrong);
        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out()).endsWith("FAIL: 1 of 2 networks pass, 1 FAIL\n");
    }

    @Test
    void takesAReferenceForOneNetworkOnly() {
        Devml devml = Devml.run("check", network, network, "--reference", "reference.npz");
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("--reference is for a single network");
    }

    @Test
    void reportsForMachines() {
        Map<String, Tensor> wrong = Map.of("fc.weight", row(1, 3));
        Path junit = folder.resolve("reports").resolve("junit.xml");
        assertThat(check(wrong, "--junit", junit).code()).isEqualTo(1);
        assertThat(junit).content().contains("failures=\"1\"");
        assertThat(check(wrong, "--json").out()).startsWith("{\n  \"verdict\": \"fail\"");
        assertThat(check(wrong, "--github").out())
                .contains("::error file=" + network + ",line=2,col=10,title=devml%3A fc.weight::");
    }

    @Test
    void quietSaysItByTheExitCode() {
        assertThat(check(Map.of("fc.weight", row(1, 3)), "--quiet")).isEqualTo(new Devml(1, "", ""));
    }

    @Test
    void checksWhatRunWrote() {
        Path out = folder.resolve("out");
        Devml.run("run", network, "--out", out, "--values", "all", "--input-gradients");
        assertThat(Devml.run("check", network, "--reference", out).out()).endsWith("pass: 3 of 3 tensors pass\n");
    }
}
