package devml.yaml;

import devml.fault.Fault;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Style;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads scalars as the type that is expected, for {@link Node}. Text that YAML 1.1 and 1.2 read differently is refused
 * and explained, not guessed at.
 */
final class Scalars {
    private Scalars() {}

    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern OTHER_BASE = Pattern.compile("[-+]?0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)");
    private static final Pattern UNDERSCORED = Pattern.compile("[-+]?[0-9][0-9_.eE+-]*");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9]+(:[0-5]?[0-9])+");

    /** The length of the longest number that is read: far beyond what any double or long needs. */
    private static final int MAX_DIGITS = 1000;

    static String text(Node node, String expected) {
        if (node instanceof Scalar scalar && !scalar.isEmpty()) {
            return scalar.text();
        }
        throw unexpected(node, expected);
    }

    static long integer(Node node, long min, long max) {
        BigInteger value = bigInteger(node);
        if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw Fault.at(
                    node.place(), "the integer " + value + " is out of range: allowed are " + min + " to " + max);
        }
        return value.longValueExact();
    }

    static BigInteger bigInteger(Node node) {
        String text = bare(node, "an integer");
        if (!INTEGER.matcher(text).matches()) {
            refuseAmbiguous(node, text);
            if (DECIMAL.matcher(text).matches()) {
                throw Fault.at(node.place(), "expected an integer but found '" + text + "', a real number");
            }
            throw unexpected(node, "an integer");
        }
        return new BigInteger(text);
    }

    static double number(Node node, boolean specialAllowed) {
        String text = bare(node, "a number");
        Optional<Double> special = special(text);
        if (special.isPresent()) {
            if (specialAllowed) {
                return special.get();
            }
            throw Fault.at(
                    node.place(),
                    "'" + text + "' is not a finite number; data that hold NaN or infinity go into an NPY file");
        }
        refuseAmbiguous(node, text);
        if (!DECIMAL.matcher(text).matches()) {
            throw unexpected(node, "a number");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw Fault.at(node.place(), "the number " + text + " is too large for float64");
        }
        return value;
    }

    static boolean truth(Node node) {
        String text = bare(node, "true or false");
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y", "1" -> misspelt(node, text, "true");
            case "false", "no", "off", "n", "0" -> misspelt(node, text, "false");
            default -> unexpected(node, "true or false");
        };
    }

    private static Fault misspelt(Node node, String text, String meant) {
        return Fault.at(node.place(), "expected true or false but found '" + text + "'; write " + meant);
    }

    private static Fault unexpected(Node node, String expected) {
        return Fault.at(node.place(), "expected " + expected + " but found " + node.found());
    }

    private static String bare(Node node, String expected) {
        String text = text(node, expected);
        if (((Scalar) node).style() != Style.PLAIN) {
            throw Fault.at(
                    node.place(), "expected " + expected + " but found " + node.found() + "; write it without quotes");
        }
        if (text.length() > MAX_DIGITS) {
            throw Fault.at(node.place(), "expected " + expected + " but found a text of " + text.length() + " chars");
        }
        return text;
    }

    private static Optional<Double> special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", ".inf", "+.inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-inf", "-.inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
            case "nan", ".nan", "+nan", "-nan" -> Optional.of(Double.NaN);
            default -> Optional.empty();
        };
    }

    private static void refuseAmbiguous(Node node, String text) {
        if (LEADING_ZERO.matcher(text).matches()) {
            String decimal = new BigInteger(text).toString();
            boolean octal = text.chars().noneMatch(c -> c == '8' || c == '9');
            throw Fault.at(
                    node.place(),
                    "'" + text + "' is ambiguous: "
                            + (octal ? new BigInteger(text, 8) + " (octal) to YAML 1.1, " : "a text to YAML 1.1, ")
                            + decimal + " to YAML 1.2; write " + decimal);
        }
        if (OTHER_BASE.matcher(text).matches()) {
            String sign = text.startsWith("-") ? "-" : "";
            int zero = text.indexOf('0');
            int base = switch (Character.toLowerCase(text.charAt(zero + 1))) {
                case 'x' -> 16;
                case 'o' -> 8;
                default -> 2;
            };
            throw Fault.at(
                    node.place(),
                    "'" + text + "' is not in decimal notation; write "
                            + new BigInteger(sign + text.substring(zero + 2), base));
        }
        if (text.contains("_") && UNDERSCORED.matcher(text).matches()) {
            String plain = text.replace("_", "");
            throw Fault.at(
                    node.place(),
                    "'" + text + "' is ambiguous: " + plain + " to YAML 1.1, a text to YAML 1.2; write " + plain);
        }
        if (BASE_60.matcher(text).matches()) {
            throw Fault.at(
                    node.place(),
                    "'" + text + "' is ambiguous: " + base60(text)
                            + " (base 60) to YAML 1.1, a text to YAML 1.2; write the number in decimal notation");
        }
    }

    private static BigInteger base60(String text) {
        BigInteger value = BigInteger.ZERO;
        for (String digits : text.replaceFirst("^[-+]", "").split(":", -1)) {
            value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(digits));
        }
        return text.startsWith("-") ? value.negate() : value;
    }
}
