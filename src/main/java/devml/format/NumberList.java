package devml.format;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Longs;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers read from a text one after another; they are integers as long as every one was written as an integer. */
final class NumberList {
    private double[] reals = new double[64];
    private long[] integers = new long[64];
    private boolean integral = true;
    private int size;

    int size() {
        return size;
    }

    /** Whether every number was written as an integer and fits into 64 bits. */
    boolean integral() {
        return integral;
    }

    /**
     * Appends a number: an integer, a decimal, or {@code nan}, {@code inf}, {@code infinity} in upper or lower case.
     *
     * @return whether the text is a number
     */
    boolean add(String text) {
        OptionalDouble real = parse(text);
        if (real.isEmpty()) {
            return false;
        }
        if (size == reals.length) {
            reals = Arrays.copyOf(reals, size + (size >> 1));
            integers = integral ? Arrays.copyOf(integers, reals.length) : integers;
        }
        integral = integral && addInteger(text, real.getAsDouble());
        reals[size++] = real.getAsDouble();
        return true;
    }

    private static OptionalDouble parse(String text) {
        // These characters exclude what only Java reads: hexadecimal floats and the suffixes d and f.
        if (isDecimal(text)) {
            try {
                return OptionalDouble.of(Double.parseDouble(text));
            } catch (NumberFormatException _) {
                return OptionalDouble.empty();
            }
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }

    /** Returns all numbers as doubles. */
    Doubles doubles(Shape shape) {
        return new Doubles(shape, Arrays.copyOf(reals, size));
    }

    /** Returns all numbers as integers, if they are {@link #integral}. */
    Longs longs(Shape shape) {
        if (!integral) {
            throw new IllegalStateException("not all of them are integers");
        }
        return new Longs(shape, Arrays.copyOf(integers, size));
    }

    /** Returns integers if all numbers were written as such, otherwise doubles. */
    Tensor tensor(Shape shape) {
        return integral && size > 0 ? longs(shape) : doubles(shape);
    }

    private boolean addInteger(String text, double real) {
        if (real == 0 && text.startsWith("-")) {
            return false; // no integer is negative zero
        }
        try {
            integers[size] = Long.parseLong(text);
            return true;
        } catch (NumberFormatException _) {
            return false; // a fraction, or beyond 64 bits
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                return false;
            }
        }
        return true;
    }
}
