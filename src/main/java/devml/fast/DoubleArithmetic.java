package devml.fast;

import devml.equation.FloorDivision;
import devml.equation.Real;
import devml.fast.elementary.DoubleElementary;
import java.util.Arrays;

/**
 * Arithmetic on strips of float64. Each loop is a method of its own: C2 makes vectors of a loop that is hot when it
 * compiles it; one that is not yet, though others in the same method are, would stay without them for good.
 */
final class DoubleArithmetic {
    private DoubleArithmetic() {}

    /** Sets each lane of {@code a} to what comes of it and that of {@code b}. */
    static void apply(Real.Op op, double[] a, double[] b, int low, int high, DoubleElementary elementary) {
        switch (op) {
            case ADD -> add(a, b, low, high);
            case SUBTRACT -> subtract(a, b, low, high);
            case MULTIPLY -> multiply(a, b, low, high);
            case DIVIDE -> divide(a, b, low, high);
            case FLOOR_DIVIDE -> floorDivide(a, b, low, high);
            case MIN -> min(a, b, low, high);
            case MAX -> max(a, b, low, high);
            case POWER -> elementary.power(a, b, low, high);
        }
    }

    /** The same with what lane 0 of {@code b} holds. */
    static void applySame(Real.Op op, double[] a, double[] b, int low, int high, DoubleElementary elementary) {
        switch (op) {
            case ADD -> add(a, b[0], low, high);
            case SUBTRACT -> subtract(a, b[0], low, high);
            case MULTIPLY -> multiply(a, b[0], low, high);
            case DIVIDE -> divide(a, b[0], low, high);
            case FLOOR_DIVIDE -> floorDivide(a, b[0], low, high);
            case MIN -> min(a, b[0], low, high);
            case MAX -> max(a, b[0], low, high);
            case POWER -> {
                Arrays.fill(b, low, high, b[0]);
                elementary.power(a, b, low, high);
            }
        }
    }

    static void add(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] += b[i];
        }
    }

    static void subtract(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] -= b[i];
        }
    }

    static void multiply(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] *= b[i];
        }
    }

    static void divide(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] /= b[i];
        }
    }

    static void floorDivide(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = FloorDivision.floor(a[i], b[i]);
        }
    }

    static void min(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = Math.min(a[i], b[i]);
        }
    }

    static void max(double[] a, double[] b, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = Math.max(a[i], b[i]);
        }
    }

    static void add(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] += same;
        }
    }

    static void subtract(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] -= same;
        }
    }

    static void multiply(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] *= same;
        }
    }

    static void divide(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] /= same;
        }
    }

    static void floorDivide(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = FloorDivision.floor(a[i], same);
        }
    }

    static void min(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = Math.min(a[i], same);
        }
    }

    static void max(double[] a, double same, int low, int high) {
        for (int i = low; i < high; i++) {
            a[i] = Math.max(a[i], same);
        }
    }

    /** Adds lanes of {@code from}, the first from {@code low} on, to what begins at {@code offset}. */
    static void add(double[] to, int offset, double[] from, int low, int high) {
        for (int i = 0; i < high - low; i++) {
            to[offset + i] += from[low + i];
        }
    }
}
