package devml.layer;

import devml.equation.Cond;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Printer;
import devml.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of which a composed layer is made in one network, once its options and the shapes of its inputs are known.
 * The network then binds these parts like layers of its own.
 *
 * @param parts the parts, in the order of the definition
 * @param output the name of the part whose output is the layer's
 */
public record Composition(List<Use> parts, String output) {
    public Composition {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param name its name in the definition
     * @param definition the definition of the layer that it is
     * @param from the names of the inputs and parts that it reads
     * @param activation the activation that follows it, as a network file would state it
     * @param settings its options and further inputs, as a network file would state them
     * @param component the part as the definition states it
     */
    public record Use(
            String name,
            Definition definition,
            List<String> from,
            Optional<Node> activation,
            Map<String, Node> settings,
            Component component) {
        public Use {
            from = List.copyOf(from);
        }
    }

    static Composition of(
            Definition definition, Map<String, Node> options, Scope scope, Lowering constants, Catalogue catalogue) {
        Evaluation evaluation = new Evaluation(options, scope, constants, catalogue);
        List<Use> parts = definition.components().stream().map(evaluation::use).toList();
        return new Composition(
                parts,
                definition.output().map(evaluation::read).orElse(parts.getLast().name()));
    }

    /**
     * Works out the formulas of the parts. A name without a meaning is a word: the name of a layer, a part or an input.
     */
    private record Evaluation(Map<String, Node> options, Scope scope, Lowering constants, Catalogue catalogue) {
        Use use(Component component) {
            Definition definition =
                    catalogue.find(layer(component.layer()), component.layer().place());
            return new Use(
                    component.name(),
                    definition,
                    component.from().stream().map(this::read).toList(),
                    component.activation().map(activation -> activation(activation, definition)),
                    settings(component, definition),
                    component);
        }

        private Map<String, Node> settings(Component component, Definition definition) {
            Map<String, Node> settings = new LinkedHashMap<>();
            component.settings().forEach((name, value) -> settings.put(name, value(value, words(definition, name))));
            return settings;
        }

        /** The words that a layer's option may be. */
        private static List<String> words(Definition definition, String option) {
            return Optional.ofNullable(definition.options().get(option))
                    .map(OptionType::words)
                    .orElse(List.of());
        }

        /**
         * Returns the value of the layer's own option {@code activation}, if it has one; otherwise the activation as a
         * network file would state it.
         */
        private Node activation(Component activation, Definition before) {
            if (before.options().containsKey(Component.ACTIVATION)
                    && activation.settings().isEmpty()) {
                return value(activation.layer(), words(before, Component.ACTIVATION));
            }
            String layer = layer(activation.layer());
            Place place = activation.layer().place();
            Node name = new Node.Scalar(layer, Node.Style.PLAIN, place);
            if (activation.settings().isEmpty()) {
                return name;
            }
            List<Node.Entry> entries = new ArrayList<>();
            entries.add(new Node.Entry("layer", place, name));
            settings(activation, catalogue.find(layer, place))
                    .forEach((key, value) -> entries.add(new Node.Entry(key, value.place(), value)));
            return new Node.Mapping(entries, activation.place());
        }

        /**
         * Returns the name of a layer. A layer may be called like an option; the option is meant only if its value is a
         * word.
         */
        private String layer(Expr e) {
            boolean isOption = e instanceof Expr.Name name
                    && scope.option(name.name())
                            .filter(value -> value.items().getFirst() instanceof Term.Word)
                            .isPresent();
            return e instanceof Expr.Name name && !isOption ? name.name() : text(e);
        }

        /**
         * Returns the name of what a part reads. A part or an input may be called like an option too, and is meant
         * then.
         */
        private String read(Expr e) {
            return switch (e) {
                case Expr.Name name when isValue(name.name()) -> name.name();
                case Expr.Name name
                when scope.shortName(name.name()).isPresent() ->
                    read(scope.shortName(name.name()).get().line().value());
                case Expr.Call call
                when call.function().equals("where") && call.arguments().size() == 3 ->
                    read(call.arguments().get(holds(call.arguments().getFirst()) ? 1 : 2));
                default -> text(e);
            };
        }

        private boolean isValue(String name) {
            return scope.definition().components().stream()
                            .anyMatch(part -> part.name().equals(name))
                    || scope.definition().inputs().stream()
                            .anyMatch(input -> input.name().equals(name));
        }

        String text(Expr e) {
            if (value(e, List.of()) instanceof Node.Scalar scalar) {
                return scalar.text();
            }
            throw Fault.at(e.place(), "expected a name, found " + Printer.print(e));
        }

        /**
         * @param words the words of the option that is set, which stand for themselves even if they look like formulas
         */
        private Node value(Expr e, List<String> words) {
            return switch (e) {
                case Expr.Name name -> named(name, words);
                case Expr.Tuple tuple ->
                    new Node.Sequence(
                            tuple.items().stream()
                                    .map(item -> value(item, words))
                                    .toList(),
                            e.place());
                case Expr.Call call
                when call.function().equals("where") && call.arguments().size() == 3 ->
                    value(call.arguments().get(holds(call.arguments().getFirst()) ? 1 : 2), words);
                case Expr other
                when words.contains(other.place().text()) ->
                    scalar(new Term.Word(other.place().text()), other);
                default -> scalar(lower(e, words), e);
            };
        }

        private Term lower(Expr e, List<String> words) {
            try {
                return constants.lower(e, Part.WHOLE);
            } catch (Fault fault) {
                String guess = Nearest.guess(e.place().text(), words);
                if (!guess.isEmpty()) {
                    throw Fault.at(
                            e.place(),
                            "'%s' is neither a word of the option nor a formula of what is known here%s"
                                    .formatted(e.place().text(), guess));
                }
                throw fault;
            }
        }

        private boolean holds(Expr e) {
            if (constants.condition(e) instanceof Cond.Constant(boolean holds)) {
                return holds;
            }
            throw Fault.at(e.place(), "options and sizes do not decide " + Printer.print(e));
        }

        private Node named(Expr.Name name, List<String> words) {
            if (isSignature(name.name())) {
                return options.get(name.name());
            }
            if (scope.option(name.name()).isPresent()) {
                OptionValue value = scope.option(name.name()).get();
                List<Node> items =
                        value.items().stream().map(item -> scalar(item, name)).toList();
                return value.isList() ? new Node.Sequence(items, name.place()) : items.getFirst();
            }
            if (scope.shortName(name.name()).isPresent() && !Sizes.isSize(name.name())) {
                return value(scope.shortName(name.name()).get().line().value(), words);
            }
            boolean isKnown = Sizes.isSize(name.name()) || Clashes.CONSTANTS.contains(name.name());
            return scalar(isKnown ? constants.lower(name, Part.WHOLE) : new Term.Word(name.name()), name);
        }

        /** Whether a name is an option that is a signature, which is handed on as it was given. */
        private boolean isSignature(String name) {
            return options.containsKey(name)
                    && Optional.ofNullable(scope.definition().options().get(name))
                            .filter(type -> type.alternatives().contains(new OptionType.Signature()))
                            .isPresent();
        }

        private static Node scalar(Term term, Expr from) {
            return new Node.Scalar(OptionValue.text(term), Node.Style.PLAIN, from.place());
        }
    }
}
