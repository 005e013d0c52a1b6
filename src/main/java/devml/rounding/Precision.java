package devml.rounding;

import devml.tensor.DType;

/**
 * The rounding of an evaluator in one type. Additions, subtractions, multiplications, divisions and square roots err by
 * at most half a unit in the last place (IEEE 754), the other functions by at most 1.5 units, as
 * {@code devml.fast.elementary} states.
 *
 * @param unit the unit roundoff u: 2^-53 or 2^-24
 * @param integers the magnitude up to which integers are represented exactly
 */
record Precision(double unit, double integers) {
    static Precision of(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> new Precision(0x1p-53, 0x1p53);
            case FLOAT32 -> new Precision(0x1p-24, 0x1p24);
        };
    }

    /** Returns the constant as the evaluator uses it. */
    double rounded(double constant) {
        if (unit == 0x1p-53) {
            return constant;
        }
        return (float) constant;
    }

    /** A bound of the relative error of an elementary function: 1.5 units in the last place are at most 3u. */
    double elementary() {
        return 4 * unit;
    }

    /**
     * Higham's gamma_n = n u / (1 - n u), rounded upwards: a bound of the relative error of n roundings, and of the
     * error of a sum of n + 1 terms relative to the sum of their magnitudes, in whatever order they are added.
     *
     * @return infinity where n is so large that the bound is useless
     */
    double gamma(double n) {
        double nu = n * unit;
        return n == 0 ? 0 : nu < 0.5 ? nu / (1 - nu) * (1 + 8 * unit) : Double.POSITIVE_INFINITY;
    }

    /**
     * Returns a factor that compensates for this many roundings in the computation of a sum of non-negative products.
     */
    double above(double roundings) {
        return 1 + 2 * gamma(roundings + 4);
    }
}
