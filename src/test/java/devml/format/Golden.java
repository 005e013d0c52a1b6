package devml.format;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The files of testdata/formats, made by NumPy, and the arrays that its make.py put into them. */
final class Golden {
    private static final Path FOLDER = Path.of("testdata", "formats");

    private Golden() {}

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /** The ramp of make.py as the tensor that an array of NumPy's type code should become. */
    static Tensor ramp(String code, int... dims) {
        Shape shape = Shape.of(dims);
        return switch (code.charAt(0)) {
            case 'b' ->
                new Longs(
                        shape, LongStream.range(0, shape.size()).map(i -> i % 2).toArray());
            case 'i' ->
                new Longs(
                        shape, LongStream.range(0, shape.size()).map(i -> i - 2).toArray());
            case 'u' -> new Longs(shape, LongStream.range(0, shape.size()).toArray());
            case 'f' -> code.equals("f8") ? doubles(shape) : doubles(shape).toFloats();
            default -> throw new IllegalArgumentException(code);
        };
    }

    private static Doubles doubles(Shape shape) {
        return new Doubles(
                shape,
                IntStream.range(0, shape.size()).mapToDouble(i -> i / 4.0 - 1).toArray());
    }

    static Doubles vector(double... values) {
        return new Doubles(Shape.of(values.length), values);
    }

    static Floats floats(float... values) {
        return new Floats(Shape.of(values.length), values);
    }

    static Longs longs(long... values) {
        return new Longs(Shape.of(values.length), values);
    }
}
