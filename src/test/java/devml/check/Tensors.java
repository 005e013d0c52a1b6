package devml.check;

import devml.tensor.Shape;
import devml.tensor.Tensor;

/** Short ways to write vectors. */
final class Tensors {
    private Tensors() {}

    static Tensor doubles(double... values) {
        return new Tensor.Doubles(Shape.of(values.length), values);
    }

    static Tensor floats(float... values) {
        return new Tensor.Floats(Shape.of(values.length), values);
    }

    static Tensor longs(long... values) {
        return new Tensor.Longs(Shape.of(values.length), values);
    }

    static Tensor scalar(double value) {
        return new Tensor.Doubles(Shape.SCALAR, new double[] {value});
    }
}
