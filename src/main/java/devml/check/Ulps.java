package devml.check;

import devml.tensor.Tensor;

/**
 * Distances in units in the last place: the number of steps between neighbouring numbers of a type that lead from one
 * number to another. They are given as doubles, which are exact up to 2^53.
 */
enum Ulps {
    DOUBLE {
        @Override
        double between(double a, double b) {
            return distance(ordered(Double.doubleToLongBits(a)), ordered(Double.doubleToLongBits(b)));
        }
    },
    /** Numbers of higher precision are rounded to single precision first. */
    FLOAT {
        @Override
        double between(double a, double b) {
            return distance(ordered(Float.floatToIntBits((float) a)), ordered(Float.floatToIntBits((float) b)));
        }
    };

    /** The unit for two tensors: that of the lower of their precisions; integers have no unit of their own. */
    static Ulps of(Tensor a, Tensor b) {
        return a instanceof Tensor.Floats || b instanceof Tensor.Floats ? FLOAT : DOUBLE;
    }

    /** The distance between two finite numbers; 0 between the two zeros. */
    abstract double between(double a, double b);

    /** {@code |a - b|}, which a signed long could not hold. */
    static double distance(long a, long b) {
        long unsigned = a > b ? a - b : b - a;
        return unsigned >= 0 ? unsigned : 2.0 * (unsigned >>> 1);
    }

    /** Maps IEEE 754 bits, which are sign and magnitude, to two's complement integers in the order of the numbers. */
    private static long ordered(long bits) {
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static int ordered(int bits) {
        return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
    }
}
