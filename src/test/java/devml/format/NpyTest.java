package devml.format;

import static devml.format.Golden.file;
import static devml.format.Golden.floats;
import static devml.format.Golden.longs;
import static devml.format.Golden.ramp;
import static devml.format.Golden.vector;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    private static final String F8 = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }";

    @ParameterizedTest
    @ValueSource(strings = {"b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"})
    void readsEveryTypeInEitherByteOrderAndInFortranOrder(String code) {
        assertSame(Npy.read(file("npy/" + code + "_little.npy")), ramp(code, 2, 3));
        assertSame(Npy.read(file("npy/" + code + "_big.npy")), ramp(code, 2, 3));
        assertSame(Npy.read(file("npy/" + code + "_fortran.npy")), ramp(code, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void readsLaterVersions(int version) {
        assertSame(Npy.read(file("npy/version" + version + ".npy")), ramp("f8", 2, 3));
    }

    @Test
    void readsNumbersAtTheEdges() {
        assertSame(
                Npy.read(file("npy/f8_special.npy")),
                vector(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        -0.0,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE));
        assertSame(
                Npy.read(file("npy/f2_special.npy")),
                floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0x1p-24f, 65504));
    }

    @ParameterizedTest
    @CsvSource({
        "i1, -128, 127",
        "u1, 0, 255",
        "i2, -32768, 32767",
        "u2, 0, 65535",
        "i4, -2147483648, 2147483647",
        "u4, 0, 4294967295",
        "i8, -9223372036854775808, 9223372036854775807"
    })
    void readsTheLimitsOfEveryInteger(String code, long min, long max) {
        assertSame(Npy.read(file("npy/" + code + "_limits.npy")), longs(min, max));
    }

    @Test
    void writesWhatNumpySaves() throws IOException {
        try (ZipFile archive = new ZipFile(file("headers.npz").toFile())) {
            for (var entry : Collections.list(archive.entries())) {
                byte[] numpys = archive.getInputStream(entry).readAllBytes();
                assertThat(Npy.bytes(Npy.read(numpys, entry.getName())))
                        .as(entry.getName())
                        .isEqualTo(numpys);
            }
            assertThat(archive.size()).isEqualTo(3 * 41);
        }
    }

    @Test
    void writesMoreThanOneChunk(@TempDir Path folder) {
        Tensor large = ramp("f8", 3, 70_001);
        Npy.write(folder.resolve("new/x.npy"), large);
        assertSame(Npy.read(folder.resolve("new/x.npy")), large);
    }

    @Test
    void refusesIntegersBeyondALong() {
        assertFault("u8_beyond.npy", "element [1, 0] is 9223372036854775808, beyond the largest integer");
    }

    @ParameterizedTest
    @CsvSource({
        "object.npy, Python objects",
        "records.npy, records (a structured dtype)",
        "complex.npy, complex numbers",
        "strings.npy, strings",
        "dates.npy, dates or times"
    })
    void refusesWhatIsNoNumber(String name, String message) {
        assertFault(name, message);
    }

    private static void assertFault(String name, String message) {
        Path path = file("npy/" + name);
        assertThatThrownBy(() -> Npy.read(path))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = Npy.bytes(ramp("f8", 2, 3));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Npy.read(cut, "x.npy"))
                    .as("%s bytes", length)
                    .isInstanceOf(Fault.class)
                    .hasMessageStartingWith("x.npy: ");
        }
    }

    @Test
    void refusesAnAppendedByte() {
        byte[] whole = Npy.bytes(ramp("f8", 2, 3));
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "48 bytes after the header, but 49 follow: something");
    }

    @Test
    void refusesOtherFilesAndVersions() {
        assertRefused("PK not an array".getBytes(StandardCharsets.US_ASCII), "not an NPY file");
        byte[] future = Npy.bytes(ramp("f8", 2));
        future[6] = 4;
        assertRefused(future, "NPY version 4.0; readable: 1.0, 2.0, 3.0");
    }

    /** The last of these would take 2 GB; the file has 8 bytes of data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "(-1,)                 | negative extent",
                "(2, -3, 4)            | negative extent",
                "(3000000000,)         | too large",
                "(65536, 65536, 65536, 65536) | too large",
                "(99999999999999999999,) | an integer of at most 64 bits",
                "(1.0,)                | expected ','",
                "(1)                   | expected ','",
                "1                     | expected '('",
                "(1, 2 3)              | expected ')'",
                "[1]                   | expected '('",
                "(1,), 'extra': 1      | unknown key 'extra'",
                "(1,), 'shape': (1,)   | 'shape' twice",
                "(1,)} + {             | expected the end",
                "(268435456,)          | takes 2147483648 bytes after the header, but 8 follow"
            })
    void refusesShapesBeforeTakingMemoryForThem(String shape, String message) {
        assertRefused(npy(F8.formatted(shape), 8), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'descr': '<f8', 'shape': (1,)}                             | no 'descr', 'fortran_order' or 'shape'",
                "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}         | expected True or False",
                "{'descr': '<f8, 'fortran_order': False, 'shape': (1,)}      | expected",
                "{'descr': 'f8', 'fortran_order': False, 'shape': (1,)}      | unknown dtype ('f8')",
                "{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}    | unknown dtype ('<f16')",
                "{'descr': '', 'fortran_order': False, 'shape': (1,)}        | unknown dtype ('')",
                "{'descr': '<f8\\x41', 'fortran_order': False, 'shape': (1,)} | a string with a backslash",
                "__import__('os').system('true')                             | expected '{'",
                "''                                                          | expected '{'"
            })
    void parsesTheHeaderStrictly(String header, String message) {
        assertRefused(npy(header, 8), message);
    }

    @Test
    void readsHeadersAsOtherWritersPutThem() {
        Tensor zero = new Doubles(Shape.of(1), new double[1]);
        assertSame(Npy.read(npy("{\"shape\":(1L,),\"fortran_order\":True,\"descr\":\"=f8\"}", 8), "x"), zero);
        assertSame(Npy.read(npy("{ 'descr' : '|f8' , 'fortran_order' : False , 'shape' : ( 1 , ) }\n", 8), "x"), zero);
    }

    @Test
    void refusesWhatDoesNotFitIntoMemory() {
        ElementType.requireMemory(1, "x.npy");
        assertThatThrownBy(() -> ElementType.requireMemory(1L << 60, "x.npy"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("x.npy: needs 1152921504606846976 bytes of memory; Java's limit is ");
    }

    @Test
    void refusesAHeaderLongerThanNumpys() {
        assertRefused(npy(F8.formatted("(1,)") + " ".repeat(10_000), 8), "allowed: at most 10000");
    }

    @Test
    void refusesMoreDimensionsThanNumpyReads() {
        Tensor deep = new Floats(new Shape(Collections.nCopies(65, 1)), new float[1]);
        assertThatThrownBy(() -> Npy.bytes(deep)).isInstanceOf(Fault.class).hasMessageContaining("at most 64 dim");
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> Npy.read(file, "x.npy"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(message);
    }

    /** A file of version 1 with this header and so many bytes of data. */
    private static byte[] npy(String header, int data) {
        return ByteBuffer.allocate(10 + header.length() + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Npy.read(folder.resolve("x.npy")))
                .isInstanceOf(Fault.class)
                .hasMessage(folder.resolve("x.npy") + ": no such file");
        assertThatThrownBy(() -> Npy.read(folder))
                .isInstanceOf(Fault.class)
                .hasMessage(folder + ": is a directory, not a file");
        Path empty = Files.createFile(folder.resolve("empty.npy"));
        assertThatThrownBy(() -> Npy.read(empty))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(empty + ": not an NPY file");
    }

    @Test
    void saysWhyAFileCannotBeWritten(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Npy.write(file.resolve("x.npy"), ramp("f8", 2)))
                .isInstanceOf(Fault.class)
                .hasMessage(file.resolve("x.npy") + ": cannot be written: " + file + " is in the way");
        assertThatThrownBy(() -> Npy.write(folder, ramp("f8", 2)))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(folder + ": cannot be written: ");
    }
}
