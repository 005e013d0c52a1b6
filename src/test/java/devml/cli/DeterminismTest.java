package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans and gradients are the same in every process. Java orders what immutable maps and sets hold by a number that each
 * process draws, and what hash maps hold by hash codes that, of enums and whatever holds one, are addresses of a sort: a
 * planner that takes the first of equals from one of these takes another one tomorrow.
 */
class DeterminismTest {
    /** Where hash codes of objects come from: drawn anew for each process, the same for all, or counted. */
    private static final List<String> HASH_CODES = List.of("0", "2", "3");

    @Test
    void neitherPlansNorGradientsDependOnTheProcess(@TempDir Path folder) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (String hashCode : HASH_CODES) {
            processes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1", // none runs for long
                            "-XX:+UnlockExperimentalVMOptions",
                            "-XX:hashCode=" + hashCode,
                            "-cp",
                            System.getProperty("java.class.path"),
                            DeterminismTest.class.getName(),
                            folder.resolve(hashCode).toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
        Map<String, String> first = Folders.contents(folder.resolve(HASH_CODES.getFirst()));
        assertThat(first).containsKeys("lenet5.plan", "lenet5/manifest.json", "conv2d.plan");
        for (String hashCode : HASH_CODES) {
            Map<String, String> others = Folders.contents(folder.resolve(hashCode));
            assertThat(others.keySet()).isEqualTo(first.keySet());
            first.forEach((file, text) -> assertThat(others.get(file)).as(file).isEqualTo(text));
        }
    }

    /** Writes plans and gradients to a folder: of the networks that ship, and the plan of a case of every layer. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectory(Path.of(args[0]));
        for (Path network : networks(Path.of("networks"))) {
            String name = network.getFileName().toString().replace(".yaml", "");
            plan(network, folder.resolve(name + ".plan"));
            Devml run = Devml.run(
                    "run", network, "--quiet", "--input-gradients", "--seed", 0, "--out", folder.resolve(name));
            require(run, network);
        }
        try (Stream<Path> layers = Files.list(Path.of("testdata", "layers"))) {
            for (Path layer : layers.filter(Files::isDirectory).toList()) {
                plan(networks(layer).getFirst(), folder.resolve(layer.getFileName() + ".plan"));
            }
        }
    }

    private static List<Path> networks(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static void plan(Path network, Path file) throws IOException {
        Devml plan = Devml.run("summary", network, "--plan", "--json", "--input-gradients");
        require(plan, network);
        Files.writeString(file, plan.out());
    }

    private static void require(Devml done, Path network) {
        if (done.code() != ExitCode.OK) {
            throw new IllegalStateException(network + ": " + done.err());
        }
    }
}
