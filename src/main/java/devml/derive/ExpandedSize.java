package devml.derive;

import devml.notation.Abbreviation;
import devml.notation.Equation;
import devml.notation.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long equations become once their short names stand for what they mean, which nesting can double at each level. */
public final class ExpandedSize {
    private static final long HUGE = 1L << 40;

    private final Map<String, Expr> meanings = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();

    private ExpandedSize(List<Abbreviation> where) {
        where.forEach(line -> line.names().forEach(name -> meanings.put(name.name(), line.value())));
    }

    /** The number of nodes of all values, expanded. */
    public static long of(List<Abbreviation> where, List<Equation> equations) {
        ExpandedSize size = new ExpandedSize(where);
        return equations.stream()
                .mapToLong(equation -> size.of(equation.value()))
                .sum();
    }

    private long of(Expr e) {
        if (e instanceof Expr.Name name && meanings.containsKey(name.name())) {
            Long before = known.putIfAbsent(name.name(), 0L);
            if (before == null) {
                known.put(name.name(), of(meanings.get(name.name())));
            }
            return known.get(name.name());
        }
        long size = e instanceof Expr.Call call && isMalformed(call) ? HUGE : 1;
        for (Expr child : Trees.children(e)) {
            size = Math.min(HUGE, size + of(child));
        }
        return size;
    }

    /** A call with too few values, for which there is nothing to derive: binding tells what is wrong. */
    private static boolean isMalformed(Expr.Call call) {
        return switch (call.function()) {
            case "where" -> call.arguments().size() != 3;
            case "min", "max" -> call.arguments().size() < 2;
            default -> call.arguments().isEmpty();
        };
    }
}
