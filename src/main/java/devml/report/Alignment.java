package devml.report;

import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.OptionType;
import devml.notation.Printer;
import java.util.List;
import java.util.Map;

/**
 * Prints lines of the notation one below the other, aligned as people write them; the text parses to what it was made
 * from.
 */
final class Alignment {
    private Alignment() {}

    /** Aligns the ends of the signs {@code =} and {@code +=} in one column; the lines of a loop are indented. */
    static List<String> equations(List<Equation> equations) {
        int sign = equations.stream().anyMatch(Equation::accumulates) ? 2 : 1;
        int width = equations.stream()
                .mapToInt(equation -> target(equation).length())
                .max()
                .orElse(0);
        return Printer.lines(
                equations,
                equation -> pad(target(equation), width)
                        + " ".repeat(sign - (equation.accumulates() ? 2 : 1))
                        + Printer.print(equation).substring(target(equation).length()));
    }

    private static String target(Equation equation) {
        return Printer.print(equation.target());
    }

    static List<String> abbreviations(List<Abbreviation> lines) {
        int width = lines.stream().mapToInt(line -> names(line).length()).max().orElse(0);
        return lines.stream()
                .map(line -> pad(names(line), width)
                        + Printer.print(line).substring(names(line).length()))
                .toList();
    }

    private static String names(Abbreviation line) {
        return String.join(", ", line.names().stream().map(name -> name.name()).toList());
    }

    static List<String> declarations(List<Declaration> tensors) {
        int width = tensors.stream()
                .mapToInt(tensor -> tensor.role().text().length())
                .max()
                .orElse(0);
        return tensors.stream()
                .map(tensor -> pad(tensor.role().text(), width)
                        + Printer.print(tensor).substring(tensor.role().text().length()))
                .toList();
    }

    /** Prints {@code name: type} with the types in one column. */
    static List<String> options(Map<String, OptionType> options) {
        int width = options.keySet().stream().mapToInt(String::length).max().orElse(0);
        return options.entrySet().stream()
                .map(option -> pad(option.getKey() + ":", width + 1) + " " + Printer.print(option.getValue()))
                .toList();
    }

    static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
