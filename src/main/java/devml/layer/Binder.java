package devml.layer;

import devml.equation.Cond;
import devml.fault.Fault;
import devml.fault.Place;
import devml.fault.Words;
import devml.layer.BoundTensor.Role;
import devml.layer.EquationBinder.Phase;
import devml.layer.Scope.Part;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Requirement;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Binds a definition to options and to the shapes of its inputs, for a network that uses the layer: works out every
 * size, checks that each equation makes sense at those sizes, and lowers the equations to what the evaluators run.
 */
public final class Binder {
    private final Definition definition;
    private final Scope scope;
    private final Sizes sizes;
    private final Tensors tensors;
    private final Lowering constants;
    private final Members members;
    private final Declared declared;
    private final Inputs inputs;
    private final boolean isPart;

    /** Why the backward equations do not hold here, if they were derived and could not be bound. */
    private Optional<Fault> underivable = Optional.empty();

    private Binder(
            Definition definition,
            Map<String, OptionValue> options,
            Request request,
            Map<String, Integer> families,
            int firstTensor) {
        this.definition = definition;
        this.scope = new Scope(
                definition,
                options,
                request.training(),
                request.inputs(),
                request.kinds(),
                families,
                e -> constants().lower(e, Part.WHOLE));
        this.sizes = new Sizes(
                formula -> constants().size(formula, Part.WHOLE),
                row -> new Rows(constants()).integers(row),
                size -> scope.shortName(size).isPresent());
        this.tensors = new Tensors(request.name(), firstTensor);
        this.constants = new Lowering(scope, sizes, tensors, new Indices());
        this.members = new Members(definition, scope);
        StartValues starts = new StartValues(definition, request.set(), constants);
        this.declared = new Declared(sizes, tensors, constants, members, starts);
        this.inputs = new Inputs(definition, request, sizes, tensors, constants, members, starts, declared);
        this.isPart = request.isPart();
    }

    private Lowering constants() {
        return constants;
    }

    /**
     * The use of a layer in a network: what its definition is bound to.
     *
     * @param name the layer's name in its network
     * @param options the values that the network gives, by option
     * @param inputs the shape of each input that is present, by its name in the definition; members of a family are
     *     {@code x.0}, {@code x.1} and so on
     * @param kinds returns the kind of numbers that an input holds, by the same name
     * @param set the parameters and buffers that the network sets, which so need no start value
     * @param training whether the network is trained, not evaluated
     * @param isPart whether the inputs are a part of the samples over which a mean by {@code reduce} is taken
     * @param place where the layer stands in the network
     */
    public record Request(
            String name,
            Map<String, Node> options,
            Map<String, Shape> inputs,
            Function<String, Kind> kinds,
            Set<String> set,
            boolean training,
            boolean isPart,
            Place place) {

        /** Requests the layer for all samples. */
        public Request(
                String name,
                Map<String, Node> options,
                Map<String, Shape> inputs,
                Function<String, Kind> kinds,
                Set<String> set,
                boolean training,
                Place place) {
            this(name, options, inputs, kinds, set, training, false, place);
        }

        /** Requests the layer for all samples, with inputs of real numbers only and no parameter or buffer set. */
        public Request(
                String name, Map<String, Node> options, Map<String, Shape> inputs, boolean training, Place place) {
            this(name, options, inputs, _ -> Kind.REAL, Set.of(), training, place);
        }
    }

    /**
     * Binds a definition that has equations.
     *
     * @param firstTensor the number that the layer's first tensor gets; the others are counted on from it
     * @throws Fault in the network, if options or shapes do not fit; in the definition, if an equation makes no sense
     */
    public static BoundLayer bind(Definition definition, Request request, int firstTensor) {
        Binder binder = declare(definition, request, firstTensor);
        binder.declareOthers(request);
        List<BoundEquation> forward = binder.forward();
        List<BoundEquation> backward = binder.backward();
        List<BoundEquation> update =
                request.training() ? binder.equations(definition.update(), Phase.UPDATE) : List.of();
        return new BoundLayer(
                request.name(),
                definition,
                binder.scope.options(),
                binder.sizes.all(),
                binder.tensors.all(),
                forward,
                backward,
                update,
                binder.underivable);
    }

    /**
     * Works out the layers of which a composed definition is made.
     *
     * @throws Fault in the network, if options or shapes do not fit; in the definition, if a formula makes no sense
     */
    public static Composition compose(Definition definition, Request request, Catalogue catalogue) {
        Binder binder = declare(definition, request, 0);
        return Composition.of(definition, request.options(), binder.scope, binder.constants, catalogue);
    }

    /** Binds options, inputs and sizes: what all formulas of the definition may depend on. */
    private static Binder declare(Definition definition, Request request, int firstTensor) {
        Map<String, OptionValue> options = new LinkedHashMap<>(
                OptionValue.readAll(definition.name(), definition.options(), request.options(), request.place()));
        Map<String, Integer> families = new HashMap<>();
        for (Declaration input : definition.inputs()) {
            Families.indexOf(input.name()).ifPresent(index -> {
                String stem = input.name().substring(0, input.name().indexOf('.') + 1);
                options.putAll(SignatureBroadcast.spell(definition, options, request.inputs(), stem));
                families.put(index, (int) request.inputs().keySet().stream()
                        .filter(name -> name.startsWith(stem))
                        .count());
            });
        }
        Binder binder = new Binder(definition, options, request, families, firstTensor);
        families.values().stream()
                .findFirst()
                .ifPresent(inputs -> Signatures.check(binder.scope, inputs, request.place()));
        binder.inputs.declare();
        binder.checkRequired(request);
        new DefinedSizes(definition, binder.sizes, binder.constants, binder.members).declare();
        return binder;
    }

    // Declarations

    /** Checks the {@code require} block. A condition on rows must hold item by item. */
    private void checkRequired(Request request) {
        for (Requirement requirement : definition.require()) {
            Expr condition = requirement.condition();
            int count = scope.rowLength(condition);
            for (int i = 0; i < count; i++) {
                if (!constants.truth(condition, new Part(i, count)).equals(Cond.TRUE)) {
                    throw Fault.at(
                            request.place(),
                            "%s, needs %s%s"
                                    .formatted(
                                            Words.whichIs(request.name(), definition.name()),
                                            requirement.needed().orElseGet(() -> Printer.print(condition)),
                                            scope.describe(condition, sizes)));
                }
            }
        }
    }

    private void declareOthers(Request request) {
        for (Declaration declaration : definition.tensors()) {
            Role role = switch (declaration.role()) {
                case INPUT -> Role.INPUT;
                case PARAM -> Role.PARAM;
                case BUFFER -> Role.BUFFER;
                case OUTPUT -> Role.OUTPUT;
                case LOCAL -> Role.LOCAL;
            };
            if (role == Role.INPUT) {
                continue;
            }
            if (declaration.reduced().isPresent()) {
                declareReduced(declaration);
                continue;
            }
            members.forEach(declaration.name(), name -> {
                if (role == Role.LOCAL) {
                    Shape shape = declared.shape(declaration);
                    tensors.declare(name, () -> declared.add(declaration, role, name, shape));
                } else if (isPresent(declaration)) {
                    declared.add(declaration, role, name, declared.shape(declaration));
                } else {
                    tensors.addAbsent(name, declaration.optional().orElseThrow().otherwise());
                    if (role == Role.OUTPUT) {
                        tensors.addAbsent("d" + name, new Expr.Decimal(0, declaration.span()));
                    }
                }
            });
        }
        if (tensors.all().stream().noneMatch(tensor -> tensor.role() == Role.OUTPUT)) {
            throw Fault.at(
                    request.place(),
                    "%s, has no output%s"
                            .formatted(Words.whichIs(request.name(), definition.name()), sizes.describe()));
        }
    }

    private boolean isPresent(Declaration declaration) {
        return declaration
                .optional()
                .flatMap(Declaration.Presence::condition)
                .map(condition -> constants.condition(condition).equals(Cond.TRUE))
                .orElse(true);
    }

    private void declareReduced(Declaration declaration) {
        List<Integer> extents = new ArrayList<>();
        List<Integer> dims = new ArrayList<>();
        List<Optional<String>> declared = new ArrayList<>();
        if (reduced(declaration).isNone()) {
            for (Expr subscript : new GroupBlocks(scope, sizes)
                    .subscripts(declaration.reduced().orElseThrow().elements().subscripts())) {
                String size = subscript instanceof Expr.Name name ? Scope.sizeOf(name.name()) : "";
                dims.addAll(sizes.extents(size)
                        .orElseThrow(() -> Fault.at(subscript.place(), "reduce takes elements named by bare indices")));
                extents.add(sizes.product(size).orElseThrow());
                declared.add(Optional.of(size));
            }
        }
        tensors.add(
                declaration.name(),
                Role.OUTPUT,
                extents,
                declared,
                Declared.shape(dims, declaration.span().place()),
                false,
                Optional.empty(),
                Optional.empty());
        if (reduced(declaration).hasDivisor()) {
            tensors.add(
                    reduced(declaration).divisorName(),
                    Role.LOCAL,
                    List.of(),
                    List.of(),
                    new Shape(List.of()),
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private Reduced reduced(Declaration declaration) {
        OptionValue reduction = scope.option("reduction")
                .orElseThrow(() -> Fault.at(
                        declaration.span().place(), "reduce needs the option 'reduction: none or mean or sum = mean'"));
        return new Reduced(declaration, reduction.toString(), isPart);
    }

    // Equations

    private List<BoundEquation> forward() {
        List<Equation> equations = new ArrayList<>(definition.forward());
        reducedOutputs().forEach(reduced -> equations.add(reduced.forward()));
        reducedOutputs().stream().filter(Reduced::hasDivisor).forEach(reduced -> equations.add(reduced.divisor()));
        List<BoundEquation> bound = new ArrayList<>();
        inputs.expansions().forEach(expansion -> bound.add(expansion.forward()));
        bound.addAll(equations(equations, Phase.FORWARD));
        for (BoundTensor tensor : tensors.all()) {
            if (tensor.role() == Role.OUTPUT
                    && bound.stream().noneMatch(e -> e.assignment().target().equals(tensor.view()))) {
                throw Fault.at(definition.place(), "no forward equation sets the output " + tensor.name());
            }
        }
        return bound;
    }

    private List<BoundEquation> backward() {
        if (definition.backward().isEmpty()) {
            return List.of();
        }
        for (BoundTensor tensor : tensors.all()) {
            if (tensor.role() == Role.OUTPUT && !tensor.integer()) {
                tensors.addGradient(tensor.name());
            }
        }
        List<Equation> equations = new ArrayList<>();
        reducedOutputs().forEach(reduced -> equations.add(reduced.backward()));
        equations.addAll(definition.backward());
        List<BoundEquation> bound;
        try {
            bound = new ArrayList<>(equations(equations, Phase.BACKWARD));
        } catch (Fault fault) {
            if (!definition.derived()) {
                throw fault;
            }
            underivable = Optional.of(fault); // reported by requireBackward, to whoever needs gradients
            return List.of();
        }
        inputs.expansions().forEach(expansion -> expansion.backward(tensors).ifPresent(bound::add));
        return bound;
    }

    private List<Reduced> reducedOutputs() {
        return definition.tensors().stream()
                .filter(t -> t.reduced().isPresent())
                .map(this::reduced)
                .toList();
    }

    private List<BoundEquation> equations(List<Equation> equations, Phase phase) {
        List<BoundEquation> bound =
                new Block(scope, sizes, new EquationBinder(scope, sizes, tensors, phase)).bind(equations);
        checkKinds(bound);
        if (phase != Phase.UPDATE) {
            Reads.checkOrder(bound);
        }
        return bound;
    }

    /** Checks that a tensor is either set or accumulated, and that one that is set is set completely. */
    private static void checkKinds(List<BoundEquation> equations) {
        Map<Integer, List<BoundEquation>> byTarget = new LinkedHashMap<>();
        equations.forEach(e -> byTarget.computeIfAbsent(e.assignment().target().tensor(), t -> new ArrayList<>())
                .add(e));
        for (List<BoundEquation> group : byTarget.values()) {
            Set<Boolean> kinds = new HashSet<>();
            group.forEach(e -> kinds.add(e.assignment().accumulates()));
            if (kinds.size() > 1) {
                throw Fault.at(
                        group.getLast().assignment().place(),
                        group.getLast().assignment().target().name()
                                + " is set by '=' and accumulated by '+='; one or the other");
            }
            if (kinds.contains(false)) {
                Completeness.check(
                        group.getFirst().assignment().target(),
                        group.stream().map(BoundEquation::overAllSteps).toList());
            }
        }
    }
}
