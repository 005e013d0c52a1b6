package devml.cli;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.format.Format;
import devml.tensor.DType;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options for picocli; messages about wrong values say what is allowed. */
final class Converters {
    private Converters() {}

    /** Registers the converters for a command and its subcommands. */
    static void register(CommandLine commandLine) {
        commandLine
                .registerConverter(DType.class, text -> oneOf(DType.values(), "dtype", text))
                .registerConverter(EvaluatorName.class, text -> oneOf(EvaluatorName.values(), "evaluator", text))
                .registerConverter(Format.class, Converters::format)
                .registerConverter(BigInteger.class, Converters::integer)
                .registerConverter(Double.class, Converters::number)
                .registerConverter(Path.class, Converters::path);
    }

    private static <E extends Enum<E>> E oneOf(E[] values, String what, String text) {
        List<String> names = Arrays.stream(values).map(Enum::toString).toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new TypeConversionException("unknown " + what + " '" + text + "'" + Nearest.hint(text, names));
        }
        return values[index];
    }

    private static Format format(String text) {
        try {
            return Format.named(text);
        } catch (Fault fault) {
            throw new TypeConversionException(fault.getMessage());
        }
    }

    /**
     * Refuses an empty path, as from a variable that is not set, because Java would take it for the current directory.
     */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("an empty text names no file");
        }
        return Path.of(text);
    }

    private static BigInteger integer(String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not an integer");
        }
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
    }
}
