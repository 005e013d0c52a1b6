package devml.report;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in the forms that tables and messages need. Always with a point, whatever the locale. */
final class Decimals {
    private Decimals() {}

    /**
     * The digits that tell a number from all others of its type: 17 significant ones in double precision, 9 in single
     * precision, all of an integer.
     */
    static String exact(Number number) {
        return switch (number) {
            case Float single -> significant(single, 9);
            case Double real -> significant(real, 17);
            default -> number.toString();
        };
    }

    /**
     * An error in three digits, rounded up (from the fewest digits that mean it): what is beyond a bound never reads as
     * the bound.
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

    /** A distance in ulps: a count while it is short, or an error. */
    static String ulps(double ulps) {
        return ulps < 1e6 ? Long.toString((long) ulps) : error(ulps);
    }

    /** The fewest digits that mean this number: {@code 1.3e-06}. */
    static String shortest(double number) {
        return ArrayText.of(new Tensor.Doubles(Shape.SCALAR, new double[] {number}));
    }

    /** The fewest digits that mean a part of a tolerance; none of it is {@code 0}. */
    static String tolerance(double part) {
        return part == 0 ? special(part) : shortest(part);
    }

    private static String significant(double number, int digits) {
        if (!Double.isFinite(number) || number == 0) {
            return special(number);
        }
        // not by %.17g, which pads the shortest digits with zeros
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
