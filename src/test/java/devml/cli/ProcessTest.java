package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a process of its own shows. */
class ProcessTest {
    private static final Path NETWORKS = Path.of("networks").toAbsolutePath();

    @TempDir
    private Path folder;

    private Process start(String... args) throws IOException {
        return startJava(List.of(), args);
    }

    private Process startJava(List<String> options, String... args) throws IOException {
        // Whoever runs this in the background may ignore SIGINT, which processes hand down. (macOS has no such option.)
        List<String> command =
                new ArrayList<>(Files.exists(Path.of("/proc")) ? List.of("env", "--default-signal=INT") : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "devml.cli.Main"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    @Test
    void computesTheSameBitsAsAnyOther() throws IOException, InterruptedException {
        String network = NETWORKS.resolve("simple-backpropagation.yaml").toString();
        assertThat(start("run", network, "--verbose").waitFor()).isZero();
        Devml devml = Devml.run("run", network, "--out", folder.resolve("here"));
        assertThat(folder.resolve("stdout")).hasContent(devml.out());
        assertThat(Folders.contents(folder.resolve("simple-backpropagation-gradients")))
                .as("the default directory")
                .isEqualTo(Folders.contents(folder.resolve("here")));
        assertThat(folder.resolve("stderr"))
                .content()
                .contains("simple-backpropagation: 6 layers, float64, generator numpy with seed 0")
                .contains("wrote simple-backpropagation-gradients");
    }

    /** SIGINT is what Ctrl-C sends. */
    @ParameterizedTest
    @CsvSource({"INT, 130, --no-simd", "TERM, 143, --no-simd", "TERM, 143, --simd"})
    void leavesWhatWasThereWhenItIsStopped(String signal, int code, String simd)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Devml.run("run", NETWORKS.resolve("simple-backpropagation.yaml"), "--out", out);
        Map<String, String> before = Folders.contents(out);
        Path endless = Files.writeString(folder.resolve("endless.yaml"), """
                inputs: {x: {rand: [1000000, 8]}}
                layers: {fc: {layer: linear, out_features: 8}}
                batch: 1
                """);
        Process process = start("run", endless.toString(), "--out", "out", "--verbose", simd);
        while (!Files.readString(folder.resolve("stderr")).contains("DEBUG") && process.isAlive()) {
            Thread.sleep(20); // until it says that it has read the network, and runs
        }
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor()).isEqualTo(code);
        assertThat(Folders.contents(out)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out", "endless.yaml", "stdout", "stderr");
    }

    /** What Java says of the module shows that another one was started. */
    @Test
    void computesTheSameBitsByTheVectorApi() throws IOException, InterruptedException {
        String network = NETWORKS.resolve("simple-backpropagation.yaml").toString();
        assertThat(start("run", network, "--simd", "--out", "vector").waitFor()).isZero();
        assertThat(folder.resolve("stderr")).content().contains("jdk.incubator.vector");
        assertThat(start("run", network, "--no-simd", "--out", "plain").waitFor())
                .isZero();
        assertThat(folder.resolve("stderr")).content().doesNotContain("jdk.incubator.vector");
        assertThat(Folders.contents(folder.resolve("vector"))).isEqualTo(Folders.contents(folder.resolve("plain")));
        assertThat(start("check", "gone.yaml", "--simd").waitFor()).isEqualTo(2);
    }

    /** Each JVM that reads the network says so. */
    @ParameterizedTest
    @CsvSource({"2000, 2", "20, 1"})
    void goesOnInAnotherJvmIfThisOneIsForShortJobs(int samples, int processes)
            throws IOException, InterruptedException {
        Path network = Files.writeString(folder.resolve("net.yaml"), """
                inputs: {x: {rand: [%d, 512]}}
                layers: {fc1: {layer: linear, out_features: 512}}
                """.formatted(samples));
        List<String> options = List.of("-Ddevml.short=true", "-XX:TieredStopAtLevel=1");
        assertThat(startJava(options, "run", network.toString(), "--no-simd", "--verbose")
                        .waitFor())
                .isZero();
        assertThat(Files.readString(folder.resolve("stderr")).split("1 layers, float64", -1))
                .hasSize(processes + 1);
        assertThat(folder.resolve("net-gradients")).isDirectory();
    }

    /** Of which bench runs one of a million batches. */
    @ParameterizedTest
    @CsvSource({"1000000, true", "10, false"})
    void measuresALongJobByTheVectorApi(int samples, boolean simd) throws IOException, InterruptedException {
        Path network = Files.writeString(folder.resolve("net.yaml"), """
                inputs: {x: {rand: [%d, 8]}}
                layers: {fc1: {layer: linear, out_features: 512}, fc2: {layer: linear, out_features: 512}}
                batch: 1
                """.formatted(samples));
        assertThat(start("bench", network.toString(), "--repeat", "1", "--json").waitFor())
                .isZero();
        assertThat(folder.resolve("stdout")).content().contains("\"simd\": " + simd);
        assertThat(folder.resolve("stderr")).content().matches(said -> said.contains("jdk.incubator.vector") == simd);
    }

    @Test
    void endsWithTheExitCode() throws IOException, InterruptedException {
        assertThat(start("check", "gone.yaml").waitFor()).isEqualTo(2);
        assertThat(folder.resolve("stdout")).isEmptyFile();
        assertThat(folder.resolve("stderr")).hasContent("error: gone.yaml: no such file");
    }
}
