package devml.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import devml.fault.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the bytes of a file, reading it gives tensors or a fault, and takes little memory for it. */
class CorruptionTest {
    private static final int ROUNDS = 300;
    /** Far above what an intact file of testdata takes (150 kB), far below what one wild extent could ask for. */
    private static final long MEMORY = 16L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npy/f8_fortran.npy",
                "npy/u1_little.npy",
                "npy/version2.npy",
                "csv/blanks.csv",
                "csv/matrix.csv",
                "stored.npz",
                "deflated.npz",
                "zip64.npz",
                "all.safetensors",
                "small.json"
            })
    void readsOrRefuses(String name) throws IOException {
        Path intact = Golden.file(name);
        byte[] bytes = Files.readAllBytes(intact);
        Path file = folder.resolve(intact.getFileName());
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Files.write(file, corrupted(bytes, new Random(seed)));
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                TensorFiles.readAll(file);
            } catch (Fault fault) {
                refused++;
                assertThat(fault.render()).as("seed %s", seed).contains(file.toString());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(intact + ", seed " + seed, e);
            }
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated, seed %s", seed)
                    .isLessThan(MEMORY);
        }
        assertThat(refused).as("refused").isGreaterThan(ROUNDS / 4);
    }

    /** One of: up to four bytes changed, some cut out, some put in, the end cut off. */
    private static byte[] corrupted(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    changed[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                yield changed;
            }
            case 1 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
                yield joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            }
            case 2 -> {
                byte[] inserted = new byte[1 + random.nextInt(8)];
                random.nextBytes(inserted);
                yield joined(joined(Arrays.copyOf(bytes, at), inserted), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
