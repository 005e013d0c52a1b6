package devml.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a number: the fewest that distinguish it from its neighbours (Steele and White 1990), or its
 * exact value rounded to fewer or more digits, ties to even. These are the digits that NumPy's Dragon4 generates.
 *
 * @param exact the exact value, without sign
 * @param shortest the fewest digits that round to it in its own precision, without sign
 * @param negative whether its sign bit is set
 */
record FloatDigits(BigDecimal exact, BigDecimal shortest, boolean negative) {

    static FloatDigits of(double value) {
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal digit = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
        // Double.toString gives at least two digits: 4.9E-324, not 5e-324
        BigDecimal shortest = digit.doubleValue() == size ? digit : new BigDecimal(Double.toString(size));
        return new FloatDigits(exact, shortest.stripTrailingZeros(), isNegative(value));
    }

    static FloatDigits of(float value) {
        float size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal digit = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
        BigDecimal shortest = digit.floatValue() == size ? digit : new BigDecimal(Float.toString(size));
        return new FloatDigits(exact, shortest.stripTrailingZeros(), isNegative(value));
    }

    private static boolean isNegative(double value) {
        return value < 0 || (value == 0 && 1 / value < 0);
    }

    /** Returns {@code 12.375} or {@code 12.}: the shortest digits, but at most this many after the point. */
    String positional(int maxFraction) {
        BigDecimal rounded = shortest.scale() > maxFraction
                ? exact.setScale(maxFraction, RoundingMode.HALF_EVEN).stripTrailingZeros()
                : shortest;
        String text = rounded.toPlainString();
        return sign() + text + (text.indexOf('.') < 0 ? "." : "");
    }

    /**
     * Returns {@code 1.25e-07}: the shortest digits, but at least and at most this many after the point. Digits beyond
     * the shortest are those of the exact value, not zeros.
     *
     * @param exponentDigits the least number of digits of the exponent
     */
    String scientific(int minFraction, int maxFraction, int exponentDigits) {
        int fraction = Math.clamp(shortest.precision() - 1, minFraction, maxFraction);
        BigDecimal rounded = fraction == shortest.precision() - 1
                ? shortest
                : exact.round(new MathContext(fraction + 1, RoundingMode.HALF_EVEN));
        rounded = rounded.stripTrailingZeros();
        String digits = rounded.unscaledValue().toString();
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String padding = "0".repeat(Math.max(0, minFraction - (digits.length() - 1)));
        String power = Integer.toString(Math.abs(exponent));
        return sign() + digits.charAt(0) + "." + digits.substring(1) + padding + "e" + (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, exponentDigits - power.length())) + power;
    }

    private String sign() {
        return negative ? "-" : "";
    }
}
