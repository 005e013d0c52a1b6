package devml.report;

import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * The common format of the real numbers of an array, as NumPy 2 chooses it with its default print options: at most 8
 * digits after the point, no more than needed, with the points aligned; exponents where the numbers are very large or
 * very small, or differ by more than three orders of magnitude.
 *
 * @param scientific whether numbers are written with an exponent
 * @param left the number of characters before the point, including the sign
 * @param right the number of characters after the point, including the exponent
 * @param fraction the number of digits after the point if there is an exponent
 * @param exponent the number of digits of the exponent
 */
record FloatFormat(boolean scientific, int left, int right, int fraction, int exponent) {
    private static final int PRECISION = 8;

    /**
     * Returns the format that suits some elements of a tensor of real numbers.
     *
     * @param offsets the elements that are shown
     */
    static FloatFormat of(Tensor tensor, int[] offsets) {
        int[] finite = Arrays.stream(offsets)
                .filter(offset -> Double.isFinite(tensor.get(offset)))
                .toArray();
        boolean scientific = needsExponent(tensor, finite);
        String[] texts = Arrays.stream(finite)
                .mapToObj(offset -> digits(tensor, offset))
                .map(digits -> scientific ? digits.scientific(0, PRECISION, 2) : digits.positional(PRECISION))
                .toArray(String[]::new);
        int left = longest(texts, text -> text.indexOf('.'));
        int fraction = longest(texts, text -> (scientific ? text.indexOf('e') : text.length()) - text.indexOf('.') - 1);
        int exponent = scientific ? longest(texts, text -> text.length() - text.indexOf('e') - 2) : 0;
        int right = fraction + (scientific ? exponent + 2 : 0);
        int special = Arrays.stream(offsets)
                .mapToDouble(tensor::get)
                .filter(value -> !Double.isFinite(value))
                .mapToInt(value -> special(value).length())
                .max()
                .orElse(0);
        return new FloatFormat(scientific, Math.max(left, special - right - 1), right, fraction, exponent);
    }

    /** Formats an element; all elements for which the format was chosen get the same length. */
    String format(Tensor tensor, int offset) {
        double value = tensor.get(offset);
        if (!Double.isFinite(value)) {
            String text = special(value);
            return " ".repeat(left + 1 + right - text.length()) + text;
        }
        String text = scientific
                ? digits(tensor, offset).scientific(fraction, fraction, exponent)
                : digits(tensor, offset).positional(PRECISION);
        int point = text.indexOf('.');
        return " ".repeat(left - point) + text + " ".repeat(right - (text.length() - point - 1));
    }

    /** Formats a single number as NumPy writes a scalar, with all the digits that it needs. */
    static String scalar(Tensor tensor, int offset) {
        double value = tensor.get(offset);
        if (!Double.isFinite(value)) {
            return special(value);
        }
        double size = Math.abs(value);
        FloatDigits digits = digits(tensor, offset);
        if (size == 0 || (size >= 1e-4 && size < (tensor instanceof Tensor.Floats ? 1e6 : 1e16))) {
            String text = digits.positional(Integer.MAX_VALUE);
            return text.endsWith(".") ? text + "0" : text;
        }
        return digits.scientific(0, Integer.MAX_VALUE - 1, 2).replace(".e", "e");
    }

    private static boolean needsExponent(Tensor tensor, int[] finite) {
        double[] sizes = Arrays.stream(finite)
                .mapToDouble(offset -> Math.abs(tensor.get(offset)))
                .filter(size -> size != 0)
                .toArray();
        if (sizes.length == 0) {
            return false;
        }
        double max = Arrays.stream(sizes).max().getAsDouble();
        double min = Arrays.stream(sizes).min().getAsDouble();
        // NumPy compares numbers of single precision in single precision
        return tensor instanceof Tensor.Floats
                ? max >= 1e6 || (float) min < 1e-4f || (float) max / (float) min > 1000
                : max >= 1e8 || min < 1e-4 || max / min > 1000;
    }

    private static FloatDigits digits(Tensor tensor, int offset) {
        return tensor instanceof Tensor.Floats(var _, float[] values)
                ? FloatDigits.of(values[offset])
                : FloatDigits.of(tensor.get(offset));
    }

    private static int longest(String[] texts, ToIntFunction<String> length) {
        return Arrays.stream(texts).mapToInt(length).max().orElse(0);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
    }
}
