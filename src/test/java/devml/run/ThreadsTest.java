package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SHA-256 of all gradients of a network that ships is the same for any number of threads, for both sets of kernels and
 * for vectors of 128 bits and of as many as the processor has.
 */
class ThreadsTest {

    private static List<Path> networks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("networks"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void andKernelsDoNotChangeABit(DType dtype) throws IOException {
        for (Path file : networks()) {
            Workload workload = load(file, dtype);
            String alone = digest(workload, new Workers(1, Kernels.PLAIN));
            for (Kernels kernels : Kernels.values()) {
                for (int threads : new int[] {1, 2, 3, 8}) {
                    assertThat(digest(workload, new Workers(threads, kernels)))
                            .as("%s on %s kernels with %d threads", file, kernels, threads)
                            .isEqualTo(alone);
                }
            }
        }
    }

    /** The width of vectors is fixed when a JVM starts. */
    @Test
    void norDoTheWidthsOfVectors(@TempDir Path folder) throws IOException, InterruptedException {
        Path narrow = folder.resolve("narrow");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:MaxVectorSize=16",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreadsTest.class.getName(),
                        narrow.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(Files.readAllLines(narrow)).isEqualTo(digests());
    }

    /** Writes the digests on vector kernels to a file. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), digests());
    }

    private static List<String> digests() throws IOException {
        List<String> digests = new ArrayList<>();
        for (DType dtype : DType.values()) {
            for (Path file : networks()) {
                digests.add(file + " " + digest(load(file, dtype), new Workers(1, Kernels.VECTOR)));
            }
        }
        return digests;
    }

    private static Workload load(Path file, DType dtype) {
        return Workload.load(NetworkFile.read(file), new Workload.Overrides(Optional.of(dtype), Optional.empty()));
    }

    private static String digest(Workload workload, Workers workers) {
        Map<String, Tensor> gradients = new TreeMap<>(Runner.run(
                        workload,
                        Runner.parameters(workload.network()),
                        (type, program) -> new FastEvaluator(type, program, workers),
                        _ -> {})
                .gradients());
        MessageDigest digest = sha256();
        gradients.forEach((name, gradient) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * gradient.size());
            for (int i = 0; i < gradient.size(); i++) {
                bytes.putDouble(gradient.get(i));
            }
            digest.update(bytes.array());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
