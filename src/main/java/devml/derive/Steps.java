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

    /** The equations, those of a loop together; a single one outside of loops by itself. */
    static List<List<Equation>> blocks(List<Equation> equations) {
        List<List<Equation>> blocks = new ArrayList<>();
        for (Equation equation : equations) {
            boolean continues = !blocks.isEmpty()
                    && loop(equation).isPresent()
                    && loop(equation).equals(loop(blocks.getLast().getLast()));
            if (!continues) {
                blocks.add(new ArrayList<>());
            }
            blocks.getLast().add(equation);
        }
        return blocks;
    }

    private static Optional<Loop> loop(Equation equation) {
        return equation.loops().stream().findFirst();
    }

    /** The loop of a block that {@link #blocks} made; none for an equation by itself. */
    static Optional<Steps> of(List<Equation> block) {
        return loop(block.getFirst()).map(loop -> new Steps(loop, block));
    }

    /** The tensors that the steps set. */
    Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>();
        body.forEach(equation -> tensors.add(equation.target().tensor()));
        return tensors;
    }

    /** Those of the tensors to which a gradient comes: from behind the loop, or through others of them. */
    Set<String> reached(Set<String> fromBehind, Names names) {
        Set<String> reached = new LinkedHashSet<>(fromBehind);
        int before;
        do {
            before = reached.size();
            for (Equation equation : body.reversed()) {
                if (reached.contains(equation.target().tensor())) {
                    reads(equation.value(), names).stream()
                            .filter(tensors()::contains)
                            .forEach(reached::add);
                }
            }
        } while (reached.size() > before);
        return reached;
    }

    /** Whether a step reads one of the tensors. */
    boolean reads(String tensor, Names names) {
        return body.stream().anyMatch(equation -> reads(equation.value(), names).contains(tensor));
    }

    private static Set<String> reads(Expr e, Names names) {
        Set<String> read = new LinkedHashSet<>();
        collect(e, names, read);
        return read;
    }

    private static void collect(Expr e, Names names, Set<String> read) {
        if (e instanceof Expr.Access access) {
            read.add(access.tensor());
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

    /** An equation as one of the steps, which now run the other way. */
    Equation back(Equation equation) {
        Loop back = new Loop(loop.number(), loop.index(), !loop.down(), loop.span());
        return new Equation(
                equation.target(),
                equation.accumulates(),
                equation.value(),
                equation.condition(),
                List.of(back),
                equation.span());
    }
}
