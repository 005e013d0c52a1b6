package devml.report;

import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.ShortNames;
import devml.network.BoundNode;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Printer;
import devml.run.Schedule;
import devml.run.Schedule.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the equations of a network as they run, layer by layer, for {@code devml explain}. */
public final class NetworkText {
    private final StringBuilder text = new StringBuilder();

    private NetworkText() {}

    /**
     * Returns the text.
     *
     * @param forward whether to show the forward equations
     * @param backward whether to show the backward equations
     */
    public static String of(Schedule schedule, boolean forward, boolean backward) {
        NetworkText page = new NetworkText();
        if (forward) {
            page.section("forward", schedule.forward());
        }
        if (backward) {
            page.section("backward", schedule.backward());
            page.section("update", schedule.update());
        }
        return page.text.toString();
    }

    private void section(String title, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        text.append(text.isEmpty() ? "" : "\n").append(title).append("\n");
        for (Block block : blocks) {
            text.append("\n");
            switch (block) {
                case Block.Sum sum -> line(0, sum(sum));
                case Block.Layer(BoundNode node, List<BoundEquation> equations) -> {
                    boolean isDerived = node.layer().definition().derived() && title.equals("backward");
                    line(0, head(node) + (isDerived ? ", derived from forward" : ""));
                    if (title.equals("forward")) {
                        facts(node);
                    } else if (title.equals("backward")) {
                        gradients(node, equations);
                    }
                    equations(node, equations);
                }
            }
        }
    }

    /** Returns {@code conv = conv2d(pool)}, with the inputs in the order of the definition. */
    private static String head(BoundNode node) {
        return node.name() + " = " + node.layer().definition().name() + "("
                + String.join(", ", node.reads().values()) + ")";
    }

    /** Returns the sum of what several readers contribute to a gradient: {@code drelu = conv.dx + sum.dother}. */
    private static String sum(Block.Sum sum) {
        return "d" + sum.value() + " = " + String.join(" + ", parts(sum));
    }

    static List<String> parts(Block.Sum sum) {
        return sum.parts().stream()
                .map(part -> part.reader().name() + "." + part.gradient().input())
                .toList();
    }

    /** The equations as they are written. The members of a family share an equation, which is shown once. */
    static List<Equation> syntax(List<BoundEquation> equations) {
        return equations.stream().map(BoundEquation::syntax).distinct().toList();
    }

    /** Prints options, sizes and tensors. */
    private void facts(BoundNode node) {
        BoundLayer layer = node.layer();
        if (!layer.options().isEmpty()) {
            line(
                    1,
                    "options: "
                            + layer.options().entrySet().stream()
                                    .map(option -> option.getKey() + " = " + option.getValue())
                                    .collect(Collectors.joining(", ")));
        }
        line(
                1,
                "sizes: "
                        + layer.sizes().entrySet().stream()
                                .map(size -> size.getKey() + " = " + extents(size.getValue()))
                                .collect(Collectors.joining(", ")));
        List<List<String>> rows = new ArrayList<>();
        for (BoundTensor tensor : layer.tensors()) {
            if (tensor.role() != Role.GRADIENT && !(tensor.role() == Role.LOCAL && !isForward(layer, tensor))) {
                rows.add(List.of(role(tensor), tensor.name(), tensor.shape().toString(), meaning(node, tensor)));
            }
        }
        for (Declaration absent : layer.absent()) {
            rows.add(List.of(
                    absent.role().text(),
                    absent.name(),
                    "absent",
                    "reads as " + Printer.print(absent.optional().orElseThrow().otherwise())));
        }
        table(rows);
    }

    private static String extents(List<Integer> extents) {
        return extents.size() == 1
                ? extents.getFirst().toString()
                : extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    private static boolean isForward(BoundLayer layer, BoundTensor tensor) {
        return layer.forward().stream().anyMatch(e -> e.assignment().target().tensor() == tensor.number());
    }

    static String role(BoundTensor tensor) {
        return tensor.role().name().toLowerCase(Locale.ROOT);
    }

    /** What a tensor of a layer is in the network: a value, a parameter, or the gradient of one. */
    static String meaning(BoundNode node, BoundTensor tensor) {
        return switch (tensor.role()) {
            case INPUT -> node.reads().get(tensor.input());
            case OUTPUT ->
                node.outputs().entrySet().stream()
                        .filter(output -> output.getValue().equals(tensor))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
            case PARAM, BUFFER -> node.name() + "." + tensor.name();
            case LOCAL -> "";
            case GRADIENT -> gradient(node, tensor);
        };
    }

    /** Names what a tensor is the gradient of, or a part of the gradient; empty for local tensors. */
    private static String gradient(BoundNode node, BoundTensor tensor) {
        return node.layer()
                .tensor(tensor.name().substring(1))
                .filter(of -> of.role() != Role.LOCAL)
                .map(of -> "gradient of " + meaning(node, of))
                .orElse("");
    }

    private void gradients(BoundNode node, List<BoundEquation> equations) {
        List<List<String>> given = new ArrayList<>();
        List<List<String>> set = new ArrayList<>();
        for (BoundTensor tensor : node.layer().tensors(Role.GRADIENT)) {
            String meaning = gradient(node, tensor);
            String shape = tensor.shape().toString();
            if (node.outputs().values().stream()
                    .anyMatch(output -> tensor.name().equals("d" + output.name()))) {
                given.add(List.of("given", tensor.name(), shape, meaning));
            } else if (!meaning.isEmpty()
                    && equations.stream().anyMatch(e -> e.assignment().target().tensor() == tensor.number())) {
                set.add(List.of("sets", tensor.name(), shape, meaning));
            }
        }
        List<List<String>> rows = new ArrayList<>(given);
        rows.addAll(set);
        table(rows);
    }

    private void equations(BoundNode node, List<BoundEquation> equations) {
        List<Equation> syntax = syntax(equations);
        text.append("\n");
        Alignment.equations(syntax).forEach(equation -> line(2, equation));
        List<Abbreviation> where = ShortNames.used(node.layer().definition(), syntax);
        if (!where.isEmpty()) {
            line(1, "where");
            Alignment.abbreviations(where).forEach(line -> line(2, line));
        }
    }

    private void table(List<List<String>> rows) {
        int columns = 4;
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(Alignment.pad(row.get(i), widths[i])).append("  ");
            }
            line(1, line.toString().stripTrailing());
        }
    }

    private void line(int indent, String line) {
        text.append("  ".repeat(indent)).append(line).append("\n");
    }
}
