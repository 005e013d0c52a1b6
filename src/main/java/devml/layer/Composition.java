package devml.layer;

import devml.equation.Cond;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of which one is made, once its options and the shapes of its inputs are known.
 *
 * @param parts in the order of the definition
 * @param output the part whose output is the layer's
 */
public record Composition(List<Use> parts, String output) {
    public Composition {
        parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param name in the definition
     * @param layer the name of its definition
     * @param from names of inputs and parts
     * @param settings options and further inputs, as a network file would give them
     * @param component where it was stated
     */
    public record Use(String name, String layer, List<String> from, Map<String, Node> settings, Component component) {
        public Use {
            from = List.copyOf(from);
        }
    }

    static Composition of(Definition definition, Scope scope, Lowering constants) {
        Evaluation evaluation = new Evaluation(scope, constants);
        List<Use> parts = definition.components().stream().map(evaluation::use).toList();
        return new Composition(
                parts,
                definition.output().map(evaluation::read).orElse(parts.getLast().name()));
    }

    /** Works formulas out; a name that stands for nothing is a word. */
    private record Evaluation(Scope scope, Lowering constants) {
        Use use(Component component) {
            Map<String, Node> settings = new LinkedHashMap<>();
            component.settings().forEach((name, value) -> settings.put(name, value(value)));
            return new Use(
                    component.name(),
                    layer(component.layer()),
                    component.from().stream().map(this::read).toList(),
                    settings,
                    component);
        }

        /** A layer may be called like an option; only one that holds words stands for a layer. */
        private String layer(Expr e) {
            boolean isOption = e instanceof Expr.Name name
                    && scope.option(name.name())
                            .filter(value -> value.items().getFirst() instanceof Term.Word)
                            .isPresent();
            return e instanceof Expr.Name name && !isOption ? name.name() : text(e);
        }

        /** A part or an input may be called like an option too. */
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
            if (value(e) instanceof Node.Scalar scalar) {
                return scalar.text();
            }
            throw Fault.at(e.place(), "expected a name, found " + Printer.print(e));
        }

        private Node value(Expr e) {
            return switch (e) {
                case Expr.Name name -> named(name);
                case Expr.Tuple tuple ->
                    new Node.Sequence(tuple.items().stream().map(this::value).toList(), e.place());
                case Expr.Call call
                when call.function().equals("where") && call.arguments().size() == 3 ->
                    value(call.arguments().get(holds(call.arguments().getFirst()) ? 1 : 2));
                default -> scalar(constants.lower(e, Part.WHOLE), e);
            };
        }

        private boolean holds(Expr e) {
            if (constants.condition(e) instanceof Cond.Constant(boolean holds)) {
                return holds;
            }
            throw Fault.at(e.place(), "options and sizes do not decide " + Printer.print(e));
        }

        private Node named(Expr.Name name) {
            if (scope.option(name.name()).isPresent()) {
                OptionValue value = scope.option(name.name()).get();
                List<Node> items =
                        value.items().stream().map(item -> scalar(item, name)).toList();
                return value.isList() ? new Node.Sequence(items, name.place()) : items.getFirst();
            }
            if (scope.shortName(name.name()).isPresent() && !Sizes.isSize(name.name())) {
                return value(scope.shortName(name.name()).get().line().value());
            }
            boolean isKnown = Sizes.isSize(name.name()) || Clashes.CONSTANTS.contains(name.name());
            return scalar(isKnown ? constants.lower(name, Part.WHOLE) : new Term.Word(name.name()), name);
        }

        private static Node scalar(Term term, Expr from) {
            return new Node.Scalar(OptionValue.text(term), Node.Style.PLAIN, from.place());
        }
    }
}
