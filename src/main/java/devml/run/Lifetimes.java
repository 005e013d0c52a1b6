package devml.run;

import devml.equation.Assignment;
import devml.equation.Statement;
import devml.equation.Uses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * From when to when a program needs the tensors that nobody asks for afterwards: from the first statement that reads or
 * writes one to the last. What is no longer needed leaves its room to others.
 *
 * @param names all names of each of these tensors, its own first
 * @param begins for the numbers of statements, the tensors that one is the first to need
 * @param ends likewise, the tensors that one is the last to need
 */
record Lifetimes(
        Map<Integer, List<Integer>> names, Map<Integer, List<Integer>> begins, Map<Integer, List<Integer>> ends) {
    /** Every tensor remains. */
    static final Lifetimes ALL = new Lifetimes(Map.of(), Map.of(), Map.of());

    /**
     * Finds them.
     *
     * @param statements all that will run, in order
     * @param shared other names for tensors
     * @param converted what tensors are made of before they are read for the first time
     * @param root the tensor that a name stands for
     * @param passing the tensors that nobody asks for
     */
    static Lifetimes of(
            List<Statement> statements,
            Set<Integer> shared,
            Map<Integer, Integer> converted,
            IntUnaryOperator root,
            Set<Integer> passing) {
        Map<Integer, List<Integer>> names = new HashMap<>();
        passing.forEach(tensor -> names.put(tensor, new ArrayList<>(List.of(tensor))));
        for (int name : shared) {
            int tensor = root.applyAsInt(name);
            if (passing.contains(tensor)) {
                names.get(tensor).add(name);
            }
        }
        Map<Integer, Integer> first = new LinkedHashMap<>();
        Map<Integer, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            for (int name : tensors(statements.get(i))) {
                int tensor = root.applyAsInt(converted.getOrDefault(name, name));
                if (passing.contains(tensor)) {
                    first.putIfAbsent(tensor, i);
                    last.put(tensor, i);
                }
            }
        }
        return new Lifetimes(names, inverse(first), inverse(last));
    }

    /** The tensors that a statement writes and reads. */
    static List<Integer> tensors(Statement statement) {
        List<Integer> tensors = new ArrayList<>();
        for (Assignment equation : statement.assignments()) {
            tensors.add(equation.target().tensor());
            Uses.tensors(equation, view -> tensors.add(view.tensor()));
        }
        return tensors;
    }

    private static Map<Integer, List<Integer>> inverse(Map<Integer, Integer> statements) {
        Map<Integer, List<Integer>> tensors = new HashMap<>();
        statements.forEach((tensor, statement) ->
                tensors.computeIfAbsent(statement, _ -> new ArrayList<>()).add(tensor));
        return tensors;
    }

    /** Whether a tensor takes room only while it is needed. */
    boolean passes(int tensor) {
        return names.containsKey(tensor);
    }

    /** The tensors that a statement is the first to need. */
    List<Integer> beginningAt(int statement) {
        return begins.getOrDefault(statement, List.of());
    }

    /** The tensors that a statement is the last to need. */
    List<Integer> endingAt(int statement) {
        return ends.getOrDefault(statement, List.of());
    }
}
