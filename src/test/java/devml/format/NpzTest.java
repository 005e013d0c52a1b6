package devml.format;

import static devml.format.Golden.file;
import static devml.format.Golden.ramp;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    private static final int COMPRESSED_SIZE = 20;
    private static final int SIZE = 24;

    @TempDir
    Path folder;

    static SequencedMap<String, Tensor> small() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", ramp("f8", 2, 2, 2, 2));
        tensors.put("block/fc.bias", ramp("f4", 3));
        tensors.put("loss", ramp("f8"));
        tensors.put("labels", ramp("i8", 4));
        return tensors;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "zip64.npz"})
    void readsWhatNumpyStores(String name) {
        assertSame(Npz.readAll(file(name)), small());
    }

    @Test
    void readsWhatNumpyDeflates() {
        var expected = small();
        expected.put("zeros", new Doubles(Shape.of(100, 100), new double[10_000]));
        assertSame(Npz.readAll(file("deflated.npz")), expected);
    }

    @Test
    void readsOneKey() {
        assertSame(Npz.read(file("deflated.npz"), "block/fc.bias"), ramp("f4", 3));
        assertThatThrownBy(() -> Npz.read(file("stored.npz"), "conv.wieght"))
                .isInstanceOf(Fault.class)
                .hasMessage(file("stored.npz") + ": holds no 'conv.wieght'; did you mean 'conv.weight'?");
    }

    @Test
    void writesEntriesThatHoldWhatNumpySaves() throws IOException {
        Path ours = folder.resolve("new/x.npz");
        Npz.write(ours, small());
        assertSame(Npz.readAll(ours), small());
        try (ZipFile zip = new ZipFile(ours.toFile());
                ZipFile numpys = new ZipFile(file("stored.npz").toFile())) {
            for (String key : small().keySet()) {
                ZipEntry entry = zip.getEntry(key + ".npy");
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(zip.getInputStream(entry).readAllBytes())
                        .isEqualTo(numpys.getInputStream(numpys.getEntry(key + ".npy"))
                                .readAllBytes());
            }
        }
    }

    @Test
    void writesTheSameBytesInEveryTimeZone() throws IOException {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            Npz.write(folder.resolve("a.npz"), small());
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            Npz.write(folder.resolve("b.npz"), small());
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    }

    @Test
    void holdsNothing() {
        Npz.write(folder.resolve("x.npz"), Map.of());
        assertThat(Npz.readAll(folder.resolve("x.npz"))).isEmpty();
    }

    @Test
    void refusesAnArrayThatContradictsItsEntry() throws IOException {
        byte[] npy = Npy.bytes(ramp("f8", 2, 3));
        String header = new String(npy, StandardCharsets.ISO_8859_1).replace("(2, 3)", "(9, 9)");
        Path file = zip(Map.of("x.npy", header.getBytes(StandardCharsets.ISO_8859_1)));
        assertRefused(file, "#x: shape (9, 9) of f8 takes 648 bytes after the header, but 48 follow");
    }

    @Test
    void refusesAnEntryThatClaimsMoreThanItsBytesCanUnfoldTo() throws IOException {
        Path file = zip(Map.of("x.npy", Npy.bytes(ramp("f8", 2, 3))));
        byte[] bytes = Files.readAllBytes(file);
        setCentral(bytes, SIZE, 2_000_000_000);
        assertRefused(Files.write(file, bytes), "#x: damaged: claims 2000000000 bytes packed into ");
        setCentral(bytes, COMPRESSED_SIZE, 2_000_000_000);
        assertRefused(Files.write(file, bytes), "#x: damaged: claims 2000000000 bytes packed into " + bytes.length);
    }

    @Test
    void refusesAnEntryThatHoldsMoreOrLessThanItClaims() throws IOException {
        Path file = zip(Map.of("x.npy", Npy.bytes(ramp("f8", 2, 3))));
        byte[] bytes = Files.readAllBytes(file);
        setCentral(bytes, SIZE, 100);
        assertRefused(Files.write(file, bytes), "#x: damaged: ");
        setCentral(bytes, SIZE, 300);
        assertRefused(Files.write(file, bytes), "#x: damaged: ");
    }

    @Test
    void checksTheChecksum() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, Map.of("x", ramp("f8", 2, 3)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[30 + "x.npy".length() + 128 + 7] ^= 1; // in the first element
        assertRefused(Files.write(file, bytes), "#x: damaged: its length or checksum");
    }

    @Test
    void refusesAKeyTwice() throws IOException {
        byte[] npy = Npy.bytes(ramp("f8", 2));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x.npy", npy);
        entries.put("x", npy);
        assertRefused(zip(entries), "holds 'x' twice");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(
                Files.writeString(folder.resolve("text.npz"), "no archive"), "cannot be read as an NPZ archive: ");
        assertRefused(zip(Map.of("readme.txt", new byte[] {'h', 'i'})), "#readme.txt: not an NPY file");
        assertRefused(folder.resolve("missing.npz"), "missing.npz: no such file");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Npz.readAll(file))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("made.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** Sets a field in the (only) entry of the archive's central directory. */
    private static void setCentral(byte[] archive, int field, int value) {
        int entry = new String(archive, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + field, value);
    }
}
