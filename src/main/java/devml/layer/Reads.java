package devml.layer;

import devml.equation.Affine;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.View;
import devml.fault.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that what is read is complete: a tensor is read only after its last equation, or in the steps of a loop after
 * the step that writes the element. Then the order of equations does not matter otherwise.
 */
final class Reads {
    private final List<BoundEquation> equations;
    private final Map<Integer, List<Integer>> writers = new HashMap<>();

    /** An element that an equation reads. */
    private record Read(View view, List<Int> subscripts) {}

    private Reads(List<BoundEquation> equations) {
        this.equations = equations;
        for (int i = 0; i < equations.size(); i++) {
            writers.computeIfAbsent(equations.get(i).target(), t -> new ArrayList<>())
                    .add(i);
        }
    }

    static void checkOrder(List<BoundEquation> equations) {
        Reads reads = new Reads(equations);
        for (int i = 0; i < equations.size(); i++) {
            for (Read read : reads(equations.get(i))) {
                for (int writer : reads.writers.getOrDefault(read.view().tensor(), List.of())) {
                    reads.check(i, writer, read);
                }
            }
        }
    }

    private static List<Read> reads(BoundEquation equation) {
        List<Read> reads = new ArrayList<>();
        Uses.values(equation.assignment(), part -> {
            if (part instanceof Int.Read(View view, List<Int> subscripts)) {
                reads.add(new Read(view, subscripts));
            } else if (part instanceof Real.Read(View view, List<Int> subscripts)) {
                reads.add(new Read(view, subscripts));
            }
        });
        return reads;
    }

    private void check(int reader, int writer, Read read) {
        BoundEquation to = equations.get(reader);
        BoundEquation from = equations.get(writer);
        String name = read.view().name();
        if (to.sweep().isEmpty() || !to.sweep().equals(from.sweep())) {
            if (writer >= reader) {
                throw Fault.at(
                        to.assignment().place(),
                        name + " is read here before its last equation"
                                + (writer == reader ? ", which is this one: no equation reads its own target" : ""));
            }
            return;
        }
        boolean down = to.sweep().get().syntax().down();
        long ahead = ahead(from.assignment().subscripts(), read.subscripts())
                .orElseThrow(() -> Fault.at(
                        to.assignment().place(),
                        name + " is complete only after this loop; within, a subscript must tell which step's element"
                                + " is read, such as %s%s1"
                                        .formatted(
                                                to.sweep()
                                                        .get()
                                                        .syntax()
                                                        .index()
                                                        .name(),
                                                down ? "+" : "-")));
        if (ahead == 0 && writer >= reader) {
            throw Fault.at(to.assignment().place(), name + " is read here before this step has set it");
        }
        if (ahead != 0 && ahead > 0 != down) {
            throw Fault.at(
                    to.assignment().place(),
                    "%s is read here %d %s before it is set"
                            .formatted(name, Math.abs(ahead), Math.abs(ahead) == 1 ? "step" : "steps"));
        }
    }

    /** By how much the index of the step that writes what is read exceeds that of the step that reads. */
    private static Optional<Long> ahead(List<Int> written, List<Int> read) {
        for (int i = 0; i < written.size(); i++) {
            Affine target = Affine.of(written.get(i));
            Affine source = Affine.of(read.get(i));
            Long weight = target.weights().get(new Int.Index(Sweep.SLOT));
            if (weight != null
                    && target.weights().size() == 1
                    && target.weights().equals(source.weights())
                    && (source.constant() - target.constant()) % weight == 0) {
                return Optional.of((source.constant() - target.constant()) / weight);
            }
        }
        return Optional.empty();
    }
}
