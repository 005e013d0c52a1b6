package devml.tensor;

/**
 * An array of numbers in row-major order: real numbers in double or single precision, or integers. The storage is
 * handed over, not copied; the caller must not change it afterwards.
 */
public sealed interface Tensor {

    Shape shape();

    /** Returns the element at an offset as a double, which is exact except for integers beyond 2^53. */
    double get(int offset);

    /** Real numbers in double precision. */
    record Doubles(Shape shape, double[] values) implements Tensor {
        public Doubles {
            requireSize(shape, values.length);
        }

        @Override
        public double get(int offset) {
            return values[offset];
        }
    }

    /** Real numbers in single precision. */
    record Floats(Shape shape, float[] values) implements Tensor {
        public Floats {
            requireSize(shape, values.length);
        }

        @Override
        public double get(int offset) {
            return values[offset];
        }
    }

    /** Integers, including truth values (0 and 1). */
    record Longs(Shape shape, long[] values) implements Tensor {
        public Longs {
            requireSize(shape, values.length);
        }

        @Override
        public double get(int offset) {
            return values[offset];
        }
    }

    /** Returns the same numbers in storage of their own. */
    default Tensor copy() {
        return switch (this) {
            case Doubles doubles -> new Doubles(shape(), doubles.values.clone());
            case Floats floats -> new Floats(shape(), floats.values.clone());
            case Longs longs -> new Longs(shape(), longs.values.clone());
        };
    }

    default int size() {
        return shape().size();
    }

    /** Returns the same numbers as doubles; the tensor itself if they are doubles. */
    default Doubles toDoubles() {
        return switch (this) {
            case Doubles doubles -> doubles;
            case Floats floats -> new Doubles(shape(), widen(floats.values));
            case Longs longs ->
                new Doubles(
                        shape(),
                        java.util.Arrays.stream(longs.values).asDoubleStream().toArray());
        };
    }

    /** Returns the same numbers rounded to single precision; the tensor itself if they are floats. */
    default Floats toFloats() {
        if (this instanceof Floats floats) {
            return floats;
        }
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = this instanceof Longs longs ? (float) longs.values[i] : (float) get(i);
        }
        return new Floats(shape(), values);
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static void requireSize(Shape shape, int length) {
        if (shape.size() != length) {
            throw new IllegalArgumentException(length + " values for shape " + shape);
        }
    }
}
