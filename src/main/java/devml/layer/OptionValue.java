package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.OptionType.Choice;
import devml.notation.OptionType.Numbers;
import devml.notation.OptionType.Signature;
import devml.notation.OptionType.Truth;
import devml.notation.Printer;
import devml.notation.UnaryOp;
import devml.yaml.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The value of an option: one item, or several.
 *
 * @param items numbers, truth values or words
 * @param isList whether it has parts, as a pair has, even if there is only one
 */
public record OptionValue(List<Term> items, boolean isList) {
    /** Allowed by itself, {@code none} may stand for any number of a row too. */
    private static final Choice NONE = new Choice("none");

    public OptionValue {
        items = List.copyOf(items);
    }

    /**
     * Reads what the user gave for an option.
     *
     * @param owner the layer, as messages call it
     */
    static OptionValue read(String owner, String name, OptionType type, Node node) {
        for (OptionType.Alternative alternative : type.alternatives()) {
            if (alternative instanceof Choice(String word) && isWord(word, node)) {
                return single(item(word));
            }
        }
        List<OptionType.Alternative> others = type.alternatives().stream()
                .filter(alternative -> !(alternative instanceof Choice))
                .toList();
        boolean hasWords = others.size() < type.alternatives().size();
        boolean isTruth = !others.isEmpty() && others.getFirst() instanceof Truth && isTruth(node);
        if (others.isEmpty() || (hasWords && !isTruth && node instanceof Node.Scalar scalar && isWord(scalar.text()))) {
            throw Fault.at(
                    node.place(),
                    "option '%s' of %s is %s; found %s%s"
                            .formatted(name, owner, allowed(type), node.found(), meant(type, node)));
        }
        OptionType.Alternative form = others.stream() // int or ints: a row is the latter
                .filter(other -> node instanceof Node.Sequence && other instanceof Numbers numbers && numbers.row())
                .findFirst()
                .orElse(others.getFirst());
        return switch (form) {
            case Truth() -> single(new Term.Truth(new Cond.Constant(node.asBoolean())));
            case Signature() -> new OptionValue(Signatures.read(node), true);
            case Numbers numbers ->
                read(owner, name, numbers, type.alternatives().contains(NONE), node);
            case Choice _ -> throw new IllegalStateException("choices were left out");
        };
    }

    /** Whether a user gave one of the words of an option, of which {@code []} stands for a row of none. */
    private static boolean isWord(String word, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text().equals(word);
            case Node.Sequence row -> row.items().isEmpty() && word.equals("[]");
            case Node.Mapping _ -> false;
        };
    }

    private static Term item(String word) {
        return switch (word) {
            case "inf" -> new Term.Numeric(new Real.Constant(Double.POSITIVE_INFINITY));
            case "-inf" -> new Term.Numeric(new Real.Constant(Double.NEGATIVE_INFINITY));
            default -> new Term.Word(word);
        };
    }

    private static OptionValue read(String owner, String name, Numbers numbers, boolean orNone, Node node) {
        List<Node> nodes = node instanceof Node.Sequence && numbers.row() ? node.asList() : List.of(node);
        boolean repeats = nodes.size() == 1 && numbers.count() > 1;
        if (numbers.count() > 0 && !repeats && nodes.size() != numbers.count()) {
            throw Fault.at(
                    node.place(),
                    "option '%s' of %s takes %s; found %d"
                            .formatted(
                                    name,
                                    owner,
                                    numbers.count() == 1 ? "one number" : "one number or " + numbers.count(),
                                    nodes.size()));
        }
        List<Term> items = new ArrayList<>();
        for (Node item : nodes) {
            if (orNone && item instanceof Node.Scalar scalar && scalar.text().equals(NONE.word())) {
                items.add(new Term.Word(NONE.word()));
                continue;
            }
            double value = numbers.whole() ? item.asLong() : real(item);
            check(owner, name, numbers, value, item.place());
            items.add(new Term.Numeric(numbers.whole() ? Ints.constant(item.asLong()) : new Real.Constant(value)));
        }
        return new OptionValue(repeats ? Collections.nCopies(numbers.count(), items.getFirst()) : items, numbers.row());
    }

    /** A number, which may be infinite. */
    private static double real(Node item) {
        double value = item.asDoubleOrSpecial();
        if (Double.isNaN(value)) {
            throw Fault.at(item.place(), "an option is a number or infinite (inf, -inf); found " + item.found());
        }
        return value;
    }

    private static boolean isTruth(Node node) {
        return node instanceof Node.Scalar scalar && List.of("true", "false").contains(scalar.text());
    }

    /** Which of the words a user may have meant. */
    private static String meant(OptionType type, Node node) {
        String hint = node instanceof Node.Scalar scalar ? Nearest.hint(scalar.text(), type.words()) : "";
        return hint.startsWith("; did") ? hint : "";
    }

    /** Whether a user meant a word: neither a number nor one of the spellings of infinity and NaN. */
    private static boolean isWord(String text) {
        return text.matches("[A-Za-z_]+") && !text.equals("inf");
    }

    private static void check(String owner, String name, Numbers numbers, double value, Place place) {
        if (!numbers.allows(value)) {
            throw Fault.at(
                    place,
                    "option '%s' of %s must be %s; found %s"
                            .formatted(
                                    name,
                                    owner,
                                    allowed(new OptionType(List.of(numbers), Optional.empty())),
                                    place.text()));
        }
    }

    /** The type without its default. */
    private static String allowed(OptionType type) {
        return Printer.print(new OptionType(type.alternatives(), Optional.empty()));
    }

    /**
     * The value of a default: a literal, or the name of an earlier option whose value it takes.
     *
     * @param known the options read so far
     * @throws Fault if the type does not allow it
     */
    private static OptionValue standard(String name, Expr expr, OptionType type, Map<String, OptionValue> known) {
        if (expr instanceof Expr.Name other && known.containsKey(other.name())) {
            return known.get(other.name());
        }
        List<Term> items = (expr instanceof Expr.Tuple tuple ? tuple.items() : List.of(expr))
                .stream().map(OptionValue::literal).toList();
        return type.alternatives().stream()
                .filter(alternative ->
                        !(expr instanceof Expr.Tuple) || (alternative instanceof Numbers numbers && numbers.row()))
                .flatMap(alternative -> as(alternative, items).stream())
                .findFirst()
                .orElseThrow(() ->
                        Fault.at(expr.place(), "the default of option '%s' is no %s".formatted(name, allowed(type))));
    }

    /** The literals of a default as one of the things that the option may be; nothing if they are something else. */
    private static Optional<OptionValue> as(OptionType.Alternative alternative, List<Term> items) {
        return switch (alternative) {
            case Choice(String word) ->
                items.equals(List.of(new Term.Word(word))) ? Optional.of(single(items.getFirst())) : Optional.empty();
            case Signature() -> Optional.empty();
            case Truth() ->
                items.size() == 1 && items.getFirst() instanceof Term.Truth truth
                        ? Optional.of(single(truth))
                        : Optional.empty();
            case Numbers numbers -> {
                boolean repeats = items.size() == 1 && numbers.count() > 1;
                boolean fits = repeats || numbers.count() == 0 || items.size() == numbers.count();
                yield fits && items.stream().allMatch(item -> isOne(numbers, item))
                        ? Optional.of(new OptionValue(
                                Collections.nCopies(repeats ? numbers.count() : 1, items).stream()
                                        .flatMap(List::stream)
                                        .map(item -> numbers.whole()
                                                ? item
                                                : new Term.Numeric(new Real.Constant(value(item))))
                                        .toList(),
                                numbers.row()))
                        : Optional.empty();
            }
        };
    }

    private static boolean isOne(Numbers numbers, Term item) {
        return item instanceof Term.Numeric(Value value)
                && (value instanceof Int || !numbers.whole())
                && numbers.allows(value(item));
    }

    private static double value(Term literal) {
        return switch (literal) {
            case Term.Numeric(Int.Constant(long whole)) -> whole;
            case Term.Numeric(Real.Constant(double real)) -> real;
            case Term.Numeric _, Term.Truth _, Term.Word _ -> throw new IllegalStateException("no number");
        };
    }

    /**
     * Checks the defaults of a definition.
     *
     * @throws Fault at the first that its type does not allow
     */
    static void checkDefaults(Map<String, OptionType> types) {
        Map<String, OptionValue> known = new HashMap<>();
        types.forEach((name, type) -> {
            type.standard().ifPresent(standard -> standard(name, standard, type, known));
            known.put(name, single(new Term.Word(name)));
        });
    }

    private static Term literal(Expr expr) {
        return switch (expr) {
            case Expr.Whole whole -> new Term.Numeric(Ints.constant(whole.value()));
            case Expr.Decimal decimal -> new Term.Numeric(new Real.Constant(decimal.value()));
            case Expr.Unary(UnaryOp op, Expr.Whole whole, var _)
            when op == UnaryOp.NEGATE -> new Term.Numeric(Ints.constant(-whole.value()));
            case Expr.Unary(UnaryOp op, Expr.Decimal decimal, var _)
            when op == UnaryOp.NEGATE -> new Term.Numeric(new Real.Constant(-decimal.value()));
            case Expr.Name name
            when name.name().equals("true") || name.name().equals("false") ->
                new Term.Truth(new Cond.Constant(name.name().equals("true")));
            case Expr.Name name
            when name.name().equals("inf") -> new Term.Numeric(new Real.Constant(Double.POSITIVE_INFINITY));
            case Expr.Name name -> new Term.Word(name.name());
            case Expr other -> throw Fault.at(other.place(), "a default is a number, a word or the name of an option");
        };
    }

    private static OptionValue single(Term term) {
        return new OptionValue(List.of(term), false);
    }

    /** As a user would write it: {@code [2, 1]}, {@code same}, {@code true}. */
    @Override
    public String toString() {
        String joined = items.stream().map(OptionValue::text).collect(Collectors.joining(", "));
        boolean equal = items.stream().distinct().count() == 1;
        return isList && !equal
                ? "[" + joined + "]"
                : items.isEmpty() ? "[]" : isList ? text(items.getFirst()) : joined;
    }

    static String text(Term term) {
        return switch (term) {
            case Term.Word(String text) -> text;
            case Term.Truth(Cond condition) -> String.valueOf(condition.equals(Cond.TRUE));
            case Term.Numeric(Int.Constant(long value)) -> String.valueOf(value);
            case Term.Numeric(Real.Constant(double value)) -> Printer.decimal(value);
            case Term.Numeric _ -> throw new IllegalStateException("an option is a constant");
        };
    }

    /** The values of all options of a definition. */
    static Map<String, OptionValue> readAll(
            String owner, Map<String, OptionType> types, Map<String, Node> given, Place place) {
        Map<String, OptionValue> values = new LinkedHashMap<>();
        types.forEach((name, type) -> {
            if (given.containsKey(name)) {
                values.put(name, read(owner, name, type, given.get(name)));
            } else {
                Expr standard =
                        type.standard().orElseThrow(() -> Fault.at(place, owner + " needs the option '" + name + "'"));
                values.put(name, standard(name, standard, type, values));
            }
        });
        return Collections.unmodifiableMap(values);
    }
}
