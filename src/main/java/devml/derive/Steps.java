package devml.derive;

import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Loop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A loop of the forward equations, whose steps the gradient goes back through: what a step reads of another step receives
 * from it within the loop that runs the other way.
 *
 * @param loop as it was written
 * @param body its equations, in the order in which they run
 */
record Steps(Loop loop, List<Equation> body) {
    Steps {
        body = List.copyOf(body);
    }

    /** Equations that share so many outermost loops: those of a further loop together, a single one by itself. */
    static List<List<Equation>> blocks(List<Equation> equations, int depth) {
        List<List<Equation>> blocks = new ArrayList<>();
        for (Equation equation : equations) {
            boolean continues = !blocks.isEmpty()
                    && loop(equation, depth).isPresent()
                    && loop(equation, depth).equals(loop(blocks.getLast().getLast(), depth));
            if (!continues) {
                blocks.add(new ArrayList<>());
            }
            blocks.getLast().add(equation);
        }
        return blocks;
    }

    /** The loop of an equation inside of so many others. */
    static Optional<Loop> loop(Equation equation, int depth) {
        return equation.loops().stream().skip(depth).findFirst();
    }

    /** The tensors that the steps set. */
    Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>();
        body.forEach(
                equation -> tensors.add(DefinitionNames.stem(equation.target().tensor())));
        return tensors;
    }

    /** Those of the tensors to which a gradient comes: from behind the loop, or through others of them. */
    Set<String> reached(Set<String> fromBehind, DefinitionNames names) {
        Set<String> reached = new LinkedHashSet<>(fromBehind);
        int before;
        do {
            before = reached.size();
            for (Equation equation : body.reversed()) {
                if (reached.contains(DefinitionNames.stem(equation.target().tensor()))) {
                    reads(equation.value(), names).stream()
                            .filter(tensors()::contains)
                            .forEach(reached::add);
                }
            }
        } while (reached.size() > before);
        return reached;
    }

    /** Whether a step reads one of the tensors. */
    boolean reads(String tensor, DefinitionNames names) {
        return body.stream().anyMatch(equation -> reads(equation.value(), names).contains(tensor));
    }

    private static Set<String> reads(Expr e, DefinitionNames names) {
        Set<String> read = new LinkedHashSet<>();
        collect(e, names, tensor -> read.add(DefinitionNames.stem(tensor)));
        return read;
    }

    /** The tensors that an expression reads, as they are written, also through short names. */
    static void collect(Expr e, DefinitionNames names, Consumer<String> read) {
        if (e instanceof Expr.Access access) {
            read.accept(access.tensor());
        } else if (e instanceof Expr.Name name && names.isShort(name.name())) {
            names.meaning(name).ifPresent(meaning -> collect(meaning, names, read));
        }
        Trees.children(e).forEach(child -> collect(child, names, read));
    }

    /** Contributions by the gradient that receives them, in the order in which they come. */
    static Map<String, List<Contribution>> byTarget(List<Contribution> contributions) {
        Map<String, List<Contribution>> by = new LinkedHashMap<>();
        contributions.forEach(c ->
                by.computeIfAbsent(c.target().tensor(), _ -> new ArrayList<>()).add(c));
        return by;
    }
}
