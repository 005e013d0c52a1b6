package devml.format;

import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.util.Map;

/** Tensors are the same if type, shape and every bit are. */
final class TensorAssert {
    private TensorAssert() {}

    static void assertSame(Tensor actual, Tensor expected) {
        assertThat(actual).hasSameClassAs(expected);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(bits(actual)).isEqualTo(bits(expected));
    }

    /** In the same order too. */
    static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((key, tensor) -> assertSame(actual.get(key), tensor));
    }

    private static long[] bits(Tensor tensor) {
        long[] bits = new long[tensor.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = switch (tensor) {
                case Doubles(var _, double[] values) -> Double.doubleToLongBits(values[i]);
                case Floats(var _, float[] values) -> Float.floatToIntBits(values[i]);
                case Longs(var _, long[] values) -> values[i];
            };
        }
        return bits;
    }
}
