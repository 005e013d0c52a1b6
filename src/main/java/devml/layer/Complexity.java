package devml.layer;

import devml.fault.Fault;
import devml.notation.Abbreviation;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits how large expressions get when their short names are expanded, as a definition is read. The passes that walk
 * them later recurse, and take time in proportion to the expanded size; so a hostile definition ends here, in a
 * message.
 */
final class Complexity {
    /** In nested operations: more than any definition needs. */
    private static final int MAX_DEPTH = 250;

    private static final long MAX_EXPANSIONS = 10_000;

    private final Map<String, Abbreviation> lines = new HashMap<>();
    private final Map<String, Size> known = new HashMap<>();

    /** The size of an expression: how many short names are expanded in it, and how deep it is then. */
    private record Size(long expansions, int depth) {
        private static final Size LEAF = new Size(0, 0);

        Size with(Size part) {
            return new Size(expansions + part.expansions, Math.max(depth, 1 + part.depth));
        }
    }

    private Complexity(List<Abbreviation> where) {
        where.forEach(line -> line.names().forEach(name -> lines.put(name.name(), line)));
    }

    /**
     * Checks the expressions of a definition.
     *
     * @throws Fault at an expression that is too deep, or comes to too many short names
     */
    static void check(List<Abbreviation> where, List<Equation> equations) {
        Complexity complexity = new Complexity(where);
        where.forEach(line -> complexity.of(line.value(), 0));
        for (Equation equation : equations) {
            complexity.of(equation.target(), 0);
            complexity.of(equation.value(), 0);
            equation.condition().ifPresent(condition -> complexity.of(condition, 0));
        }
    }

    private Size of(Expr e, int above) {
        Size size = e instanceof Expr.Name name && lines.containsKey(name.name()) ? named(name, above) : Size.LEAF;
        if (above + size.depth() > MAX_DEPTH) {
            throw Fault.at(e.place(), "the expression is too long: more than " + MAX_DEPTH + " operations in a row");
        }
        for (Expr part : Subexpressions.parts(e)) {
            size = size.with(of(part, above + 1));
        }
        if (size.expansions() > MAX_EXPANSIONS) {
            throw Fault.at(e.place(), "the expression comes to more than " + MAX_EXPANSIONS + " short names");
        }
        return size;
    }

    /**
     * Returns the size of a short name; the names of one line share its value. A name that is defined by itself counts
     * as a leaf here; binding refuses it.
     */
    private Size named(Expr.Name name, int above) {
        Abbreviation line = lines.get(name.name());
        String key = line.names().getFirst().name();
        if (!known.containsKey(key)) {
            known.put(key, Size.LEAF);
            known.put(key, of(line.value(), above + 1));
        }
        return new Size(1, 0).with(known.get(key));
    }
}
