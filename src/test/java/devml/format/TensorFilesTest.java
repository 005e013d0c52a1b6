package devml.format;

import static devml.format.Golden.file;
import static devml.format.Golden.ramp;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrote(Format format) {
        Map<String, Tensor> tensors =
                new TreeMap<>(Map.of("fc.bias", ramp("f8", 3), "block/conv.weight", ramp("f8", 2, 1, 3)));
        Path out = folder.resolve("out");
        List<Path> files = TensorFiles.write(tensors, format, out, "gradients");
        if (format == Format.NPY || format == Format.CSV) {
            assertThat(files)
                    .containsExactly(
                            out.resolve("block/conv.weight." + format.extension()),
                            out.resolve("fc.bias." + format.extension()));
            assertSame(TensorFiles.readAll(out), tensors);
            assertSame(TensorFiles.readOne(files.getLast(), Optional.empty()), ramp("f8", 3));
            assertSame(TensorFiles.readAll(files.getLast()), Map.of("fc.bias", ramp("f8", 3)));
        } else {
            assertThat(files).containsExactly(out.resolve("gradients." + format.extension()));
            assertSame(TensorFiles.readAll(files.getFirst()), tensors);
            assertSame(TensorFiles.readOne(files.getFirst(), Optional.of("fc.bias")), ramp("f8", 3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "npy/b1_big.npy,, BOOLEAN",
        "npy/b1_fortran.npy,, BOOLEAN",
        "npy/u1_little.npy,, INTEGER",
        "npy/i8_big.npy,, INTEGER",
        "npy/f2_little.npy,, REAL",
        "all.safetensors, bool, BOOLEAN",
        "all.safetensors, f32, REAL",
        "csv/integers.csv,, INTEGER",
        "csv/vector.csv,, REAL"
    })
    void tellsWhatTheNumbersAre(String name, String key, Kind kind) {
        assertThat(TensorFiles.kind(file(name), Optional.ofNullable(key))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void tellsWhatTheNumbersOfAnArchiveAre(int method) throws IOException {
        Path archive = folder.resolve("masks.npz");
        byte[] truths = Files.readAllBytes(file("npy/b1_little.npy"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            ZipEntry entry = new ZipEntry("mask.npy");
            CRC32 crc = new CRC32();
            crc.update(truths);
            entry.setMethod(method);
            entry.setSize(truths.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(truths);
        }
        assertThat(TensorFiles.kind(archive, Optional.empty())).isEqualTo(Kind.BOOLEAN);
        assertThat(TensorFiles.kind(archive, Optional.of("mask"))).isEqualTo(Kind.BOOLEAN);
        assertFault(
                () -> TensorFiles.kind(archive, Optional.of("msk")),
                archive + ": holds no 'msk'; did you mean 'mask'?");
    }

    @ParameterizedTest
    @EnumSource(names = {"NPZ", "SAFETENSORS", "JSON"})
    void anOnlyTensorNeedsNoKey(Format format) {
        Path file = TensorFiles.write(Map.of("x", ramp("f8", 3)), format, folder, "one")
                .getFirst();
        assertSame(TensorFiles.readOne(file, Optional.empty()), ramp("f8", 3));
        Map<String, Tensor> two = new TreeMap<>(Map.of("x", ramp("f8", 3), "y", ramp("f8")));
        TensorFiles.write(two, format, folder, "one");
        assertFault(
                () -> TensorFiles.readOne(file, Optional.empty()),
                file + ": holds 2 tensors; choose one by " + file + "#KEY; keys: x, y");
        assertFault(
                () -> TensorFiles.readOne(file, Optional.of("weight")), file + ": holds no 'weight'; allowed: x, y");
    }

    @Test
    void aSingleTensorHasNoKey() {
        assertFault(
                () -> TensorFiles.readOne(file("npy/f8_little.npy"), Optional.of("x")),
                file("npy/f8_little.npy") + ": holds a single tensor, which has no key; found '#x' after it");
    }

    @Test
    void readsADirectoryInTheOrderOfItsKeys() throws IOException {
        Npy.write(folder.resolve("b/x.npy"), ramp("f8", 2));
        Csv.write(folder.resolve("b.CSV"), ramp("f8", 3));
        Npy.write(folder.resolve("a/deep/er.npy"), ramp("i8", 1));
        Files.writeString(folder.resolve("manifest.json"), "{}");
        assertThat(TensorFiles.readAll(folder).keySet()).containsExactly("a/deep/er", "b", "b/x");
    }

    /** 0.1 in single precision is another number than the one that its text is read as. */
    @Test
    void takesATensorThatIsThereInBothFormats() {
        for (Tensor tensor : List.of(
                new Tensor.Floats(Shape.of(2), new float[] {0.1f, Float.NaN}),
                new Tensor.Doubles(Shape.of(1, 2), new double[] {0.1, Double.NEGATIVE_INFINITY}),
                new Tensor.Longs(Shape.SCALAR, new long[] {7}))) {
            TensorFiles.write(Map.of("x", tensor), Format.NPY, folder, "all");
            TensorFiles.write(Map.of("x", tensor), Format.CSV, folder, "all");
            assertSame(TensorFiles.readAll(folder).get("x"), tensor);
        }
    }

    @Test
    void refusesFormatsThatContradictEachOther() {
        for (Tensor other : List.of(
                new Tensor.Doubles(Shape.of(2), new double[] {0.1, 0.3}),
                new Tensor.Doubles(Shape.of(2, 1), new double[] {0.1, 0.2}))) {
            Npy.write(folder.resolve("x.npy"), new Tensor.Doubles(Shape.of(2), new double[] {0.1, 0.2}));
            Csv.write(folder.resolve("x.csv"), other);
            assertFault(
                    () -> TensorFiles.readAll(folder),
                    "%s: holds other numbers than %s; one of them is of another run"
                            .formatted(folder.resolve("x.csv"), folder.resolve("x.npy")));
        }
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        assertFault(() -> TensorFiles.readAll(folder), folder + ": holds no .npy or .csv file, and no gradients.npz");
        Path missing = folder.resolve("missing");
        assertFault(() -> TensorFiles.readAll(missing), missing + ": no such file");
        assertFault(() -> TensorFiles.readOne(folder, Optional.empty()), folder + ": is a directory, not a file");
        Path text = Files.createFile(folder.resolve("x.txt"));
        assertFault(
                () -> TensorFiles.readAll(text),
                text + ": not a file of tensors by its extension; allowed: .npy, .csv, .npz, .safetensors, .json");
    }

    @Test
    void saysWhyTheSystemRefused() {
        assertThat(FileAccess.reason(new AccessDeniedException("x.npy"))).isEqualTo("permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../x", "a//x", "", ".", "a/", "..\\x", "a\0b", "a\nb"})
    void refusesNamesThatLeaveTheDirectory(String name) {
        for (Format format : Format.values()) {
            assertThatThrownBy(() -> TensorFiles.write(Map.of(name, ramp("f8")), format, folder.resolve("out"), "all"))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("cannot name a file");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void knowsFormatsByName() {
        assertThat(Format.named("safetensors")).isEqualTo(Format.SAFETENSORS);
        assertThat(Format.named("NPY")).isEqualTo(Format.NPY);
        assertFault(() -> Format.named("nyp"), "unknown format 'nyp'; did you mean 'npy'?");
        assertFault(
                () -> Format.named("parquet"), "unknown format 'parquet'; allowed: npy, csv, npz, safetensors, json");
    }

    private static void assertFault(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(Fault.class).hasMessage(message);
    }
}
