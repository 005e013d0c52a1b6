package devml.layer;

import devml.equation.Int;
import devml.fault.Fault;
import devml.notation.Abbreviation;
import devml.notation.Expr;
import devml.notation.Span;
import devml.notation.Subexpressions;
import devml.notation.Template;
import devml.tensor.Kind;
import devml.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the bare names of a definition stand for: options, short names, and the members of families. */
final class Scope {
    private final Definition definition;
    private final Map<String, OptionValue> options;
    private final boolean training;
    private final Map<String, Shape> inputs;
    private final Function<String, Kind> kinds;
    private final Map<String, ShortName> shorts = new LinkedHashMap<>();
    private final Map<String, Integer> families;
    private final Set<String> indices;
    private final Function<Expr, Term> evaluate;
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
     * @param inputs the shapes of the inputs that are there
     * @param kinds what the numbers of an input are
     * @param families how many members each family of inputs has, by the name of its index
     * @param evaluate works out a formula of options, sizes and members
     */
    Scope(
            Definition definition,
            Map<String, OptionValue> options,
            boolean training,
            Map<String, Shape> inputs,
            Function<String, Kind> kinds,
            Map<String, Integer> families,
            Function<Expr, Term> evaluate) {
        this.definition = definition;
        this.options = options;
        this.training = training;
        this.inputs = inputs;
        this.kinds = kinds;
        this.families = families;
        this.evaluate = evaluate;
        for (Abbreviation line : definition.where()) {
            for (int i = 0; i < line.names().size(); i++) {
                shorts.put(line.names().get(i).name(), new ShortName(line, i));
            }
        }
        this.indices = Families.indices(definition);
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

    /** The shape of an input that is there. */
    Optional<Shape> shape(String input) {
        return Optional.ofNullable(inputs.get(input));
    }

    /** What the numbers of an input are, if it is there. */
    Optional<Kind> kind(String input) {
        return shape(input).map(_ -> kinds.apply(input));
    }

    /** How many members a family has, given its index: as many inputs as there are, or the size of the index. */
    Optional<Integer> family(String index) {
        String stem = index.replace("'", "");
        if (families.containsKey(stem)) {
            return Optional.of(families.get(stem));
        }
        if (!indices.contains(stem)) {
            return Optional.empty();
        }
        return Optional.of((int) number(sizeOf(stem)));
    }

    /** The indices of all families. */
    Set<String> families() {
        return indices;
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

    /**
     * The name of the member that {@code K.q} means while {@code q} is known: {@code K.0}; of {@code h{l}} likewise
     * {@code h0}. Other names stay.
     */
    String memberName(String name) {
        String filled = Template.isTemplate(name) ? Template.fill(name, this::word, this::number) : name;
        int dot = filled.indexOf('.');
        return dot < 0
                ? filled
                : member(filled.substring(dot + 1))
                        .map(member -> filled.substring(0, dot + 1) + member)
                        .orElse(filled);
    }

    private String word(String name) {
        return switch (evaluate(name)) {
            case Term.Word(String text) -> memberName(text);
            case Term.Numeric(Int.Constant(long value)) -> String.valueOf(value);
            case Term _ -> throw unknown(name);
        };
    }

    private long number(String name) {
        return evaluate(name) instanceof Term.Numeric(Int.Constant(long value)) ? value : throwUnknown(name);
    }

    private long throwUnknown(String name) {
        throw unknown(name);
    }

    private Fault unknown(String name) {
        return Fault.at(
                definition.place(), "options and sizes do not say what '" + name + "' is, which names of tensors hold");
    }

    private Term evaluate(String name) {
        return evaluate.apply(new Expr.Name(name, Span.of(definition.place())));
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

    /** How many items the rows have that a formula writes out or names, short names included; 1 if there are none. */
    int rowLength(Expr formula) {
        return switch (formula) {
            case Expr.Tuple tuple -> tuple.items().size();
            case Expr.Name name -> {
                Optional<ShortName> line =
                        shortName(name.name()).filter(s -> s.part().count() == 1);
                yield line.isPresent()
                        ? expand(name, () -> rowLength(line.get().line().value()))
                        : option(name.name())
                                .filter(OptionValue::isList)
                                .map(option -> option.items().size())
                                .orElse(1);
            }
            case Expr.Call call when List.of("len", "extent", "has").contains(call.function()) -> 1;
            case Expr.Reduce _ -> 1;
            case Expr.Call call
            when call.function().equals("item") -> rowLength(call.arguments().getLast());
            case Expr other -> {
                List<Expr> parts = Subexpressions.parts(other);
                int longest = parts.isEmpty() ? 1 : 0;
                for (Expr part : parts) {
                    longest = Math.max(longest, rowLength(part));
                }
                yield longest;
            }
        };
    }

    /** The options that a formula names by themselves or through short names, not those that {@code item} takes apart. */
    private Map<String, OptionValue> optionsOf(Expr formula) {
        Map<String, OptionValue> found = new LinkedHashMap<>();
        collect(formula, found);
        return found;
    }

    private void collect(Expr e, Map<String, OptionValue> found) {
        if (e instanceof Expr.Call call
                && (call.function().equals("item") || call.function().equals("len"))) {
            return;
        }
        if (e instanceof Expr.Name name) {
            option(name.name()).ifPresent(option -> found.put(name.name(), option));
            shortName(name.name())
                    .ifPresent(line -> expand(name, () -> {
                        collect(line.line().value(), found);
                        return null;
                    }));
        }
        Subexpressions.parts(e).forEach(child -> collect(child, found));
    }

    /** What the options in a formula are, and the sizes so far. */
    String describe(Expr formula, Sizes sizes) {
        String options = optionsOf(formula).entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        return (options.isEmpty() ? "" : "; here " + options) + sizes.describe();
    }

    /** The size whose index this name is: {@code K} for {@code k} and {@code k'}. */
    static String sizeOf(String index) {
        String plain = index.indexOf('\'') < 0 ? index : index.replace("'", "");
        int dot = plain.indexOf('.');
        return dot < 0
                ? plain.toUpperCase(Locale.ROOT)
                : plain.substring(0, dot).toUpperCase(Locale.ROOT) + plain.substring(dot);
    }
}
