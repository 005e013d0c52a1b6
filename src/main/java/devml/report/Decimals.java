package devml.report;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers for tables and messages, always with a decimal point, whatever the locale. */
final class Decimals {
    private Decimals() {}

    /**
     * Formats a number with the digits that distinguish it from all others of its type: 17 significant digits in double
     * precision, 9 in single precision, all digits of an integer.
     */
    static String exact(Number number) {
        return switch (number) {
            case Float single -> significant(single, 9);
            case Double real -> significant(real, 17);
            default -> number.toString();
        };
    }

    /**
     * Formats an error with three digits, rounded up (starting from the fewest digits that identify it), so that an
     * error beyond a bound never reads as the bound.
     */
    static String error(double error) {
        if (!Double.isFinite(error) || error == 0) {
            return special(error);
        }
        BigDecimal rounded = BigDecimal.valueOf(error).round(new MathContext(3, RoundingMode.UP));
        return error >= 1e-3 && error < 1e5
                ? plain(rounded.stripTrailingZeros())
                : String.format(Locale.ROOT, "%.2e", rounded);
    }

    /** Formats a distance in ulps: as a whole number if it is short, otherwise as an error. */
    static String ulps(double ulps) {
        return ulps < 1e6 ? Long.toString((long) ulps) : error(ulps);
    }

    /** Formats a number with the fewest digits that identify it: {@code 1.3e-06}. */
    static String shortest(double number) {
        return ArrayText.of(new Tensor.Doubles(Shape.SCALAR, new double[] {number}));
    }

    /** Formats a part of a tolerance with the fewest digits that identify it; a part of zero is {@code 0}. */
    static String tolerance(double part) {
        return part == 0 ? special(part) : shortest(part);
    }

    private static String significant(double number, int digits) {
        if (!Double.isFinite(number) || number == 0) {
            return special(number);
        }
        // %.17g would pad the shortest digits with zeros
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
        rounded = rounded.setScale(rounded.scale() + digits - rounded.precision());
        double size = Math.abs(number);
        return size >= 1e-4 && size < 1e16
                ? plain(rounded)
                : String.format(Locale.ROOT, "%." + (digits - 1) + "e", rounded);
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static String special(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return number < 0 ? "-inf" : "inf";
    }
}
