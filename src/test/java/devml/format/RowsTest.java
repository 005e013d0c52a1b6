package devml.format;

import static devml.format.Golden.file;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are read row by row hold what they hold when they are read at once. */
class RowsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"})
    void areThoseOfTheArray(String code) {
        for (String kind : List.of("little", "big", "fortran")) {
            Path file = file("npy/" + code + "_" + kind + ".npy");
            Tensor whole = Npy.read(file);
            Rows rows = TensorFiles.rows(file, Optional.empty());
            assertThat(rows.dims()).isEqualTo(whole.shape().dims());
            assertSame(rows.whole(), whole);
            for (int start = 0; start < whole.shape().dim(0); start++) {
                for (int count = 0; start + count <= whole.shape().dim(0); count++) {
                    assertSame(rows.read(start, count), Rows.of(whole).read(start, count));
                }
            }
        }
    }

    @Test
    void ofSafetensorsAreThoseOfTheTensor() {
        Tensor first = Golden.ramp("f4", 3, 2);
        Tensor second = Golden.ramp("f8", 4, 3);
        Path file = folder.resolve("two.safetensors");
        Safetensors.write(file, Map.of("first", first, "second", second));
        assertSame(
                TensorFiles.rows(file, Optional.of("first")).read(1, 2),
                Rows.of(first).read(1, 2));
        assertSame(
                TensorFiles.rows(file, Optional.of("second")).read(2, 2),
                Rows.of(second).read(2, 2));
    }

    @Test
    void ofAnArchiveAreThoseOfTheArray() {
        Tensor first = Golden.ramp("f4", 3, 2);
        Tensor second = Golden.ramp("f8", 40, 300); // more than a buffer
        Path file = folder.resolve("two.npz");
        Npz.write(file, Map.of("first", first, "second", second));
        assertSame(
                TensorFiles.rows(file, Optional.of("first")).read(1, 2),
                Rows.of(first).read(1, 2));
        Rows rows = TensorFiles.rows(file, Optional.of("second"));
        assertThat(rows.dims()).containsExactly(40, 300);
        assertSame(rows.whole(), second);
        assertSame(rows.read(39, 1), Rows.of(second).read(39, 1));
        assertSame(rows.read(2, 37), Rows.of(second).read(2, 37));
    }

    /** Only what is stored as it is, in C order, stays in the file: who takes that away finds out. */
    @ParameterizedTest
    @CsvSource({"0, false, true", "8, false, false", "0, true, false"})
    void ofAnArchiveStayThereIfTheyCan(int method, boolean fortran, boolean stay) throws IOException {
        Path file = folder.resolve("one.npz");
        byte[] array = Files.readAllBytes(file(fortran ? "npy/f4_fortran.npy" : "npy/f4_little.npy"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("x.npy");
            entry.setMethod(method);
            CRC32 crc = new CRC32();
            crc.update(array);
            entry.setCrc(crc.getValue());
            entry.setSize(array.length);
            zip.putNextEntry(entry);
            zip.write(array);
        }
        Tensor whole = Npz.read(file, "x");
        Rows rows = TensorFiles.rows(file, Optional.of("x"));
        assertSame(rows.read(1, 1), Rows.of(whole).read(1, 1));
        Files.delete(file);
        if (stay) {
            assertThatThrownBy(() -> rows.read(1, 1)).isInstanceOf(Fault.class).hasMessage(file + ": no such file");
        } else {
            assertSame(rows.read(1, 1), Rows.of(whole).read(1, 1));
        }
    }

    @Test
    void ofAnArchiveAreCheckedWhenItIsOpened() throws IOException {
        Path file = folder.resolve("damaged.npz");
        Npz.write(file, Map.of("x", Golden.ramp("f8", 40, 300)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> TensorFiles.rows(file, Optional.of("x")))
                .isInstanceOf(Fault.class)
                .hasMessage(file + "#x: damaged: its length or checksum is not what the archive says");
    }

    /** The file has a hole, which takes no room on the disk. */
    @Test
    void mayBeMoreThanATensorHolds() throws IOException {
        Path file = sparse(3_000_000, 1000, 3_000_000L * 1000);
        Rows rows = TensorFiles.rows(file, Optional.empty());
        Tensor last = rows.read(2_999_998, 2);
        assertThat(last.shape().dims()).containsExactly(2, 1000);
        assertThat(last.get(1998)).isZero();
        assertThat(last.get(1999)).isEqualTo(7);
        assertThatThrownBy(rows::whole).isInstanceOf(Fault.class).hasMessageContaining("[3000000, 1000] is too large");
    }

    @Test
    void mustAllBeThere() throws IOException {
        Path file = sparse(4, 10, 40);
        Rows rows = TensorFiles.rows(file, Optional.empty());
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 1);
        }
        assertThat(rows.read(0, 3).get(0)).isZero();
        assertThatThrownBy(() -> rows.read(3, 1))
                .isInstanceOf(Fault.class)
                .hasMessage(file + ": has become shorter since it was opened");
        assertThatThrownBy(() -> TensorFiles.rows(file, Optional.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("takes 40 bytes after the header, but 39 follow: truncated?");
    }

    /** Bytes that are all 0, but for the last, which is 7. */
    private Path sparse(int rows, int columns, long bytes) throws IOException {
        Path file = folder.resolve("sparse.npy");
        String dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d), }\n".formatted(rows, columns);
        byte[] header = ("\u0093NUMPY\u0001\u0000" + (char) dict.length() + "\u0000" + dict)
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, header);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(header.length + bytes);
            out.seek(header.length + bytes - 1);
            out.write(7);
        }
        return file;
    }
}
