package devml.format;

import static devml.format.Golden.file;
import static devml.format.Golden.ramp;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryType() {
        SequencedMap<String, Tensor> expected = new LinkedHashMap<>();
        expected.put("bool", ramp("b1", 2, 3));
        for (String code : new String[] {"i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"}) {
            expected.put(code, ramp(code, 2, 3));
        }
        expected.put("f16", ramp("f2", 2, 3));
        expected.put("f32", ramp("f4", 2, 3));
        expected.put("f64", ramp("f8", 2, 3));
        expected.put("bf16", ramp("f2", 2, 3));
        expected.put("empty", ramp("f4", 0, 3));
        expected.put("loss", ramp("f8"));
        assertSame(Safetensors.readAll(file("all.safetensors")), expected);
    }

    @Test
    void readsOneKey() {
        assertSame(Safetensors.read(file("all.safetensors"), "bf16"), ramp("f2", 2, 3));
        assertThatThrownBy(() -> Safetensors.read(file("all.safetensors"), "losss"))
                .isInstanceOf(Fault.class)
                .hasMessage(file("all.safetensors") + ": holds no 'losss'; did you mean 'loss'?");
    }

    @Test
    void writesAlignedDataBehindAPaddedHeader() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", ramp("f4", 3));
        tensors.put("a", ramp("f8", 2));
        Path file = folder.resolve("new/x.safetensors");
        Safetensors.write(file, tensors);
        String header = """
                {"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[3],"data_offsets":[16,28]}}""";
        assertThat(header.length() % 8).isNotZero(); // else the padding is not seen
        ByteBuffer expected = ByteBuffer.allocate(8 + 112 + 28).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(112).put((header + " ".repeat(112 - header.length())).getBytes(StandardCharsets.UTF_8));
        expected.putDouble(-1).putDouble(-0.75).putFloat(-1).putFloat(-0.75f).putFloat(-0.5f);
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
    }

    @Test
    void readsBackWhatItWrote() {
        Path file = folder.resolve("x.safetensors");
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("none", ramp("f8", 3, 0));
        tensors.put("ünï \"quoted\"", ramp("i8", 2, 2));
        tensors.put("scalar", ramp("f8"));
        tensors.put("floats", ramp("f4", 5));
        Safetensors.write(file, tensors);
        assertSame(Safetensors.readAll(file), tensors);
        Safetensors.write(file, Map.of());
        assertThat(Safetensors.readAll(file)).isEmpty();
    }

    @Test
    void keepsTheNameOfMetadataFree() {
        Path file = folder.resolve("x.safetensors");
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("__metadata__", ramp("f8"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("__metadata__");
        assertThat(file).doesNotExist();
    }

    /** Each with 16 bytes of data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a':'F64',[2],[0,16]                        | ",
                "'a':'F64',[1],[0,8]; 'b':'F64',[1],[8,16]   | ",
                "'b':'F64',[1],[8,16]; 'a':'F64',[1],[0,8]   | ",
                "'a':'F64',[1],[8,16]                        | 'a' begins at byte 8 of the data; those before it end at 0",
                "'a':'F64',[2],[0,16]; 'b':'F64',[1],[8,16]  | 'b' begins at byte 8 of the data; those before it end at 16",
                "'a':'F64',[1],[0,8]                         | take 8 bytes, but 16 follow the header",
                "'a':'F64',[3],[0,24]                        | take 24 bytes, but 16 follow the header: truncated?",
                "'a':'F64',[2],[0,8]                         | shape (2,) of F64 takes 16 bytes, not those from 0 to 8",
                "'a':'F64',[2],[16,0]                        | not those from 16 to 0",
                "'a':'F64',[2],[-16,0]                       | not those from -16 to 0",
                "'a':'F64',[2],[-9223372036854775808,9223372036854775807] | not those from",
                "'a':'F64',[268435456],[0,2147483648]        | take 2147483648 bytes, but 16 follow",
                "'a':'F64',[99999,99999],[0,16]              | too large",
                "'a':'F64',[-2],[0,16]                       | negative extent",
                "'a':'F64',[2.0],[0,16]                      | expected an integer of at most 64 bits, found 2.0",
                "'a':'F64',[2],[0,8,16]                      | needs dtype, shape and two data_offsets",
                "'a':'C64',[2],[0,16]                        | dtype 'C64' cannot be read; readable: BOOL",
                "'a':'F64',[2],[0,16]; 'a':'F64',[0],[16,16] | at $.a: the name stands here for the second time",
            })
    void holdsTheHeaderAgainstTheFile(String entries, String message) throws IOException {
        String header = Arrays.stream(entries.split("; "))
                .map(entry -> entry.replaceFirst(
                        "(.*?):(.*?),(\\[.*?]),(\\[.*)", "$1:{'dtype':$2,'shape':$3,'data_offsets':$4}"))
                .toList()
                .toString();
        Path file = made("{" + header.substring(1, header.length() - 1).replace('\'', '"') + "}", 16);
        if (message == null) {
            assertThat(Safetensors.readAll(file)).isNotEmpty();
        } else {
            assertRefused(file, message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                | expected an object, found a list",
                "{\"a\": {\"dtype\": \"F64\"}}     | needs dtype, shape and two data_offsets",
                "{\"a\": {\"type\": \"F64\"}}      | unknown member 'type'; allowed: dtype, shape, data_offsets",
                "{\"__metadata__\": {\"a\": 1}}    | expected a string, found a number",
                "{} {}                             | not valid JSON",
                "{                                 | not valid JSON",
            })
    void parsesTheHeaderStrictly(String header, String message) throws IOException {
        assertRefused(made(header, 0), message);
    }

    @Test
    void refusesLengthsThatTheFileDoesNotHave() throws IOException {
        assertRefused(Files.write(folder.resolve("x.safetensors"), new byte[7]), "shorter than 8 bytes");
        assertRefused(withLength(100_000_001), "claims 100000001 bytes; allowed: at most 100000000");
        assertRefused(withLength(-1), "claims 18446744073709551615 bytes");
        assertRefused(withLength(100_000_000), "ends within its header of 100000000 bytes: truncated?");
    }

    private Path withLength(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{')
                .put((byte) '}')
                .array();
        return Files.write(folder.resolve("x.safetensors"), bytes);
    }

    private Path made(String header, int data) throws IOException {
        byte[] bytes = ByteBuffer.allocate(8 + header.length() + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
        return Files.write(folder.resolve("x.safetensors"), bytes);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Safetensors.readAll(file))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
