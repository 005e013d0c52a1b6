package devml.layer;

import devml.fault.Fault;
import devml.notation.Abbreviation;
import devml.notation.Expr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the bare names of a definition stand for: options, short names, and the members of families. */
final class Scope {
    private final Definition definition;
    private final Map<String, OptionValue> options;
    private final boolean training;
    private final Map<String, ShortName> shorts = new LinkedHashMap<>();
    private final Map<String, Integer> families;
    private final Map<String, Integer> members = new HashMap<>();
    private final Deque<String> expanding = new ArrayDeque<>();

    /** One name of a line of {@code where}: the item of its value that the name stands for. */
    record ShortName(Abbreviation line, int item) {

        Part part() {
            return new Part(item, line.names().size());
        }
    }

    /** Which item of a row of values is wanted. */
    record Part(int item, int count) {
        static final Part WHOLE = new Part(0, 1);
    }

    /**
     * The names of a definition.
     *
     * @param families how many members each family has, by the name of its index
     */
    Scope(Definition definition, Map<String, OptionValue> options, boolean training, Map<String, Integer> families) {
        this.definition = definition;
        this.options = options;
        this.training = training;
        this.families = families;
        for (Abbreviation line : definition.where()) {
            for (int i = 0; i < line.names().size(); i++) {
                shorts.put(line.names().get(i).name(), new ShortName(line, i));
            }
        }
    }

    Definition definition() {
        return definition;
    }

    boolean training() {
        return training;
    }

    Optional<OptionValue> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    Map<String, OptionValue> options() {
        return options;
    }

    Optional<ShortName> shortName(String name) {
        return Optional.ofNullable(shorts.get(name));
    }

    Iterable<String> shortNames() {
        return shorts.keySet();
    }

    /** How many members a family has, given its index without primes. */
    Optional<Integer> family(String index) {
        return Optional.ofNullable(families.get(index));
    }

    Map<String, Integer> families() {
        return families;
    }

    /** The member of a family that its index stands for at this moment. */
    Optional<Integer> member(String index) {
        return Optional.ofNullable(members.get(index));
    }

    /** Works something out while an index of a family stands for one member. */
    <T> T withMember(String index, int member, Supplier<T> work) {
        Integer before = members.put(index, member);
        try {
            return work.get();
        } finally {
            if (before == null) {
                members.remove(index);
            } else {
                members.put(index, before);
            }
        }
    }

    /** The name of the member that {@code K.q} means while {@code q} is known: {@code K.0}. Other names stay. */
    String memberName(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? name
                : member(name.substring(dot + 1))
                        .map(member -> name.substring(0, dot + 1) + member)
                        .orElse(name);
    }

    /** Works a short name out, unless that needs the short name itself. */
    <T> T expand(Expr.Name name, Supplier<T> work) {
        if (expanding.contains(name.name())) {
            throw Fault.at(name.place(), "'" + name.name() + "' is defined by itself");
        }
        expanding.push(name.name());
        try {
            return work.get();
        } finally {
            expanding.pop();
        }
    }

    /** The size whose index this name is: {@code K} for {@code k} and {@code k'}. */
    static String sizeOf(String index) {
        int dot = index.indexOf('.');
        String stem = (dot < 0 ? index : index.substring(0, dot)).replace("'", "");
        return stem.toUpperCase(Locale.ROOT)
                + (dot < 0 ? "" : index.substring(dot).replace("'", ""));
    }
}
