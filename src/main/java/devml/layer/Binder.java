package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Place;
import devml.layer.BoundTensor.Range;
import devml.layer.BoundTensor.Role;
import devml.layer.EquationBinder.Phase;
import devml.layer.Scope.Part;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Requirement;
import devml.tensor.Broadcast;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Binds a definition to options and to the shapes of its inputs. */
public final class Binder {
    private final Definition definition;
    private final Scope scope;
    private final Sizes sizes;
    private final Tensors tensors;
    private final Lowering constants;
    private final List<Expansion> expansions = new ArrayList<>();

    /** Why the backward equations that were derived do not hold here. */
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
                families,
                e -> constants().lower(e, Part.WHOLE));
        this.sizes = new Sizes(
                formula -> constants().size(formula, Part.WHOLE),
                row -> new Rows(constants()).integers(row),
                size -> scope.shortName(size).isPresent());
        this.tensors = new Tensors(request.name(), firstTensor);
        this.constants = new Lowering(scope, sizes, tensors, new Indices());
    }

    private Lowering constants() {
        return constants;
    }

    /**
     * What a layer is bound to.
     *
     * @param name the layer's name in its network
     * @param options what the network says, by option
     * @param inputs the shape of each input that is there, by its name in the definition; members of a family are
     *     {@code x.0}, {@code x.1} and so on
     * @param training whether the network is trained or evaluated
     * @param place where the layer stands in the network
     */
    public record Request(
            String name, Map<String, Node> options, Map<String, Shape> inputs, boolean training, Place place) {}

    /**
     * Binds a definition.
     *
     * @param firstTensor the number of the layer's first tensor
     * @throws Fault in the network, if options or shapes do not fit; in the definition, if an equation makes no sense
     */
    public static BoundLayer bind(Definition definition, Request request, int firstTensor) {
        Binder binder = declare(definition, request, firstTensor);
        binder.declareOthers();
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
     * The layers of which a definition is made.
     *
     * @throws Fault in the network, if options or shapes do not fit; in the definition, if a formula makes no sense
     */
    public static Composition compose(Definition definition, Request request) {
        Binder binder = declare(definition, request, 0);
        return Composition.of(definition, binder.scope, binder.constants);
    }

    /** Binds options, inputs and sizes. */
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
        binder.declareInputs(request);
        binder.checkRequired(request);
        binder.declareSizes();
        return binder;
    }

    // Declarations

    private void declareInputs(Request request) {
        for (Declaration declaration : definition.tensors()) {
            for (Dimension dimension : declaration.dimensions()) {
                if (dimension instanceof Dimension.Group group && group.given().isPresent()) {
                    sizes.set(
                            group.size().name(),
                            given(group.given().get(), request),
                            group.span().place());
                }
            }
        }
        Map<Boolean, List<Declaration>> inputs = definition.inputs().stream()
                .collect(Collectors.partitioningBy(declaration ->
                        declaration.broadcast() && request.inputs().containsKey(declaration.name())));
        Map<Boolean, List<Declaration>> expanded = inputs.get(true).stream()
                .collect(Collectors.partitioningBy(
                        declaration -> declaration.expanded().isPresent()));
        declareGroupBroadcast(expanded.get(true), request);
        inputs.get(false).forEach(input -> forEachMember(input.name(), name -> bindInput(input, name, request)));
        inputs.get(false).forEach(input -> forEachMember(input.name(), name -> addInput(input, name, request)));
        declareBroadcast(expanded.get(false), request);
    }

    private void bindInput(Declaration declaration, String name, Request request) {
        Shape shape = request.inputs().get(name);
        if (shape != null) {
            bindSizes(declaration, name, members(declaration.dimensions()), shape, request);
        } else if (declaration.optional().isEmpty()) {
            throw Fault.at(
                    request.place(),
                    "%s, a %s, lacks its input '%s'".formatted(request.name(), definition.name(), name));
        }
    }

    /** Adds an input once all sizes are known: what one of integers may hold can depend on those of a later one. */
    private void addInput(Declaration declaration, String name, Request request) {
        Shape shape = request.inputs().get(name);
        if (shape != null) {
            add(declaration, Role.INPUT, name, shape);
        } else if (declaration.optional().orElseThrow().otherwise() instanceof Expr.Call call
                && call.function().equals("bernoulli")
                && call.arguments().size() == 1) {
            Start start = new Start.Bernoulli(constant(call.arguments().getFirst()));
            add(declaration, Role.LOCAL, name, shape(declaration), Optional.of(start));
        } else {
            tensors.addAbsent(name, declaration.optional().orElseThrow().otherwise());
        }
    }

    /** A shape that does not fit is the network's fault: it is told there, with what the definition says. */
    private void bindSizes(
            Declaration declaration, String name, List<Dimension> dimensions, Shape shape, Request request) {
        try {
            sizes.bind(declaration, dimensions, shape);
        } catch (Fault fault) {
            throw Fault.at(
                    request.place(),
                    "%s.%s has the shape %s, but is declared as [%s]: %s"
                            .formatted(
                                    request.name(),
                                    name,
                                    shape,
                                    dimensions.stream().map(Printer::print).collect(Collectors.joining(", ")),
                                    fault.getMessage()));
        }
    }

    /** Inputs that broadcast against one another: all are expanded to the shape that NumPy's rules give. */
    private void declareBroadcast(List<Declaration> declarations, Request request) {
        Shape common = Shape.SCALAR;
        for (Declaration declaration : declarations) {
            Shape shape = request.inputs().get(declaration.name());
            Shape before = common;
            common = known(declaration)
                    .or(() -> Broadcast.common(before, shape))
                    .orElseThrow(() -> Fault.at(
                            request.place(),
                            "%s: the shapes %s and %s do not broadcast".formatted(request.name(), before, shape)));
        }
        for (Declaration declaration : declarations) {
            expand(declaration, common, request);
        }
    }

    /** Inputs of which only a leading group broadcasts, such as the batch of a matrix product. */
    private void declareGroupBroadcast(List<Declaration> declarations, Request request) {
        Map<String, Shape> common = new HashMap<>();
        for (Declaration declaration : declarations) {
            String group = declaration.expanded().orElseThrow().name();
            Shape before = sizes.extents(group).map(Shape::new).orElse(common.getOrDefault(group, Shape.SCALAR));
            Shape shape = request.inputs().get(declaration.name());
            common.put(
                    group,
                    Broadcast.common(before, new Shape(shape.dims().subList(0, leading(declaration, shape))))
                            .orElseThrow(() -> Fault.at(
                                    request.place(),
                                    "%s.%s has the shape %s, of which %s does not broadcast to %s"
                                            .formatted(request.name(), declaration.name(), shape, group, before))));
        }
        common.forEach((group, shape) -> sizes.set(group, shape.dims(), definition.place()));
        for (Declaration declaration : declarations) {
            Shape shape = request.inputs().get(declaration.name());
            List<Integer> dims = new ArrayList<>(
                    common.get(declaration.expanded().orElseThrow().name()).dims());
            dims.addAll(shape.dims().subList(leading(declaration, shape), shape.rank()));
            expand(declaration, shape(dims, declaration.span().place()), request);
        }
    }

    /** How many dimensions of a shape belong to the group at the start of a declaration: all that others do not take. */
    private int leading(Declaration declaration, Shape shape) {
        long others = declaration.dimensions().stream()
                .skip(1)
                .filter(dimension -> !(dimension instanceof Dimension.When when) || sizes.isPresent(when))
                .count();
        return (int) Math.max(shape.rank() - others, 0);
    }

    /** Binds an input to the shape to which it is expanded. */
    private void expand(Declaration declaration, Shape common, Request request) {
        Shape given = request.inputs().get(declaration.name());
        if (!Broadcast.fits(given, common)) {
            throw Fault.at(
                    request.place(),
                    "%s: the shape %s does not broadcast to %s".formatted(request.name(), given, common));
        }
        bindSizes(declaration, declaration.name(), declaration.dimensions(), common, request);
        if (given.equals(common)) {
            add(declaration, Role.INPUT, declaration.name(), common);
        } else {
            expansions.add(Expansion.declare(declaration.name(), given, common, declaration, tensors, this::add));
        }
    }

    /** The shape of a declaration all of whose sizes are bound. */
    private Optional<Shape> known(Declaration declaration) {
        List<Integer> dims = new ArrayList<>();
        for (Dimension dimension : declaration.dimensions()) {
            Optional<List<Integer>> extents = known(dimension);
            if (extents.isEmpty()) {
                return Optional.empty();
            }
            dims.addAll(extents.get());
        }
        return Optional.of(shape(dims, declaration.span().place()));
    }

    private Optional<List<Integer>> known(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) ->
                size instanceof Expr.Name name ? sizes.extents(name.name()) : Optional.empty();
            case Dimension.Maybe(Expr.Name size, var _) -> sizes.extents(size.name());
            case Dimension.At(Expr.Name size, var _, var _) -> sizes.extents(size.name());
            case Dimension.Group group -> sizes.extents(group.size().name());
            case Dimension.Listed listed -> sizes.extents(listed.size().name());
            case Dimension.Shaped _ -> Optional.empty();
            case Dimension.When when -> sizes.isPresent(when) ? known(when.of()) : Optional.of(List.of());
        };
    }

    /** The extents that a row gives to a group. */
    private List<Integer> given(Expr row, Request request) {
        List<Long> extents = new Rows(constants).integers(row);
        if (extents.stream().anyMatch(extent -> extent < 0 || extent > Shape.MAX_SIZE)) {
            throw Fault.at(
                    request.place(),
                    "%s, a %s: %s is no row of extents: %s"
                            .formatted(request.name(), definition.name(), Printer.print(row), extents));
        }
        return extents.stream().map(Long::intValue).toList();
    }

    /** Rows must satisfy a condition item by item. */
    private void checkRequired(Request request) {
        for (Requirement requirement : definition.require()) {
            Expr condition = requirement.condition();
            int count = scope.rowLength(condition);
            for (int i = 0; i < count; i++) {
                if (!constants.truth(condition, new Part(i, count)).equals(Cond.TRUE)) {
                    throw Fault.at(
                            request.place(),
                            "%s, a %s, needs %s%s"
                                    .formatted(
                                            request.name(),
                                            definition.name(),
                                            requirement.needed().orElseGet(() -> Printer.print(condition)),
                                            scope.describe(condition, sizes)));
                }
            }
        }
    }

    /** Works out the sizes that lines of {@code where} set. */
    private void declareSizes() {
        for (Abbreviation line : definition.where()) {
            for (int i = 0; i < line.names().size(); i++) {
                Expr.Name size = line.names().get(i);
                if (Sizes.isSize(size.name())) {
                    Part part = new Part(i, line.names().size());
                    forEachMember(
                            size.name(), name -> declareSize(size, name, constants.size(line.value(), part), line));
                }
            }
        }
    }

    private void declareSize(Expr.Name size, String name, long value, Abbreviation line) {
        // What an option sets to 0 is meant, and what max(…, 0) does; any other formula that yields 0 though no input
        // is
        // empty has run out of elements.
        boolean isMeant = line.value() instanceof Expr.Name
                || (line.value() instanceof Expr.Call call
                        && call.function().equals("max")
                        && call.arguments().getLast() instanceof Expr.Whole(long least, var _)
                        && least == 0);
        boolean isExhausted = value == 0 && !isMeant && !sizes.hasEmpty();
        if (value < 0 || value > Shape.MAX_SIZE || isExhausted) {
            throw Fault.at(size.place(), "%s comes out as %d by '%s'%s".formatted(name, value, line, sizes.describe()));
        }
        sizes.set(name, List.of((int) value), size.place());
    }

    private void declareOthers() {
        for (Declaration declaration : definition.tensors()) {
            Role role = switch (declaration.role()) {
                case INPUT -> Role.INPUT;
                case PARAM -> Role.PARAM;
                case BUFFER -> Role.BUFFER;
                case OUTPUT -> Role.OUTPUT;
            };
            if (role == Role.INPUT) {
                continue;
            }
            if (declaration.reduced().isPresent()) {
                declareReduced(declaration);
                continue;
            }
            forEachMember(declaration.name(), name -> {
                if (isPresent(declaration)) {
                    add(declaration, role, name, shape(declaration));
                } else {
                    tensors.addAbsent(name, declaration.optional().orElseThrow().otherwise());
                    if (role == Role.OUTPUT) {
                        tensors.addAbsent("d" + name, new Expr.Decimal(0, declaration.span()));
                    }
                }
            });
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
            for (Expr subscript : new Blocks(scope, sizes)
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
                shape(dims, declaration.span().place()),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private Reduced reduced(Declaration declaration) {
        OptionValue reduction = scope.option("reduction")
                .orElseThrow(() -> Fault.at(
                        declaration.span().place(), "reduce needs the option 'reduction: none or mean or sum = mean'"));
        return new Reduced(declaration, reduction.toString());
    }

    private Shape shape(Declaration declaration) {
        List<Dimension> dimensions = members(declaration.dimensions());
        List<List<Integer>> extents = dimensions.stream().map(this::extents).toList();
        return shape(
                Placement.isListed(dimensions)
                        ? sizes.placement().interleaved(dimensions, extents)
                        : extents.stream().flatMap(List::stream).toList(),
                declaration.span().place());
    }

    private List<Integer> extents(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var span) -> {
                long extent = constants.size(size, Part.WHOLE);
                if (extent < 0 || extent > Shape.MAX_SIZE) {
                    throw Fault.at(span.place(), "the extent comes out as " + extent + sizes.describe());
                }
                yield List.of((int) extent);
            }
            case Dimension.Maybe(Expr.Name size, var _) -> extents(size);
            case Dimension.At(Expr.Name size, var _, var _) -> extents(size);
            case Dimension.Group group -> extents(group.size());
            case Dimension.Listed listed -> extents(listed.size());
            case Dimension.Shaped shaped -> sizes.reshaped(shaped);
            case Dimension.When when -> sizes.isPresent(when) ? extents(when.of()) : List.of();
        };
    }

    private List<Integer> extents(Expr.Name size) {
        return sizes.extents(size.name())
                .orElseThrow(() -> Fault.at(size.place(), "no input binds the size " + size.name() + sizes.describe()));
    }

    /** The shape of these extents, which must not be too many elements for an array. */
    static Shape shape(List<Integer> dims, Place place) {
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException tooLarge) {
            throw Fault.at(place, tooLarge.getMessage());
        }
    }

    /** Adds a declared tensor, whose sizes are all known. */
    private BoundTensor add(Declaration declaration, Role role, String name, Shape shape) {
        return add(declaration, role, name, shape, start(declaration.name(), role));
    }

    private BoundTensor add(Declaration declaration, Role role, String name, Shape shape, Optional<Start> start) {
        List<Integer> extents = new ArrayList<>();
        List<Optional<String>> declared = new ArrayList<>();
        List<Dimension> dimensions = members(declaration.dimensions());
        for (Dimension dimension : dimensions) {
            addSize(dimension, extents, declared);
        }
        List<Integer> order = sizes.order(declaration, dimensions, shape)
                .orElse(IntStream.range(0, extents.size()).boxed().toList());
        Optional<Range> range = declaration
                .range()
                .filter(r -> r.condition()
                        .map(condition -> constants.condition(condition).equals(Cond.TRUE))
                        .orElse(true))
                .map(r -> new Range(
                        constants.size(r.size(), Part.WHOLE), r.other().map(o -> constants.size(o, Part.WHOLE))));
        return tensors.add(
                name,
                role,
                order.stream().map(extents::get).toList(),
                order.stream().map(declared::get).toList(),
                order,
                shape,
                range.isPresent(),
                range,
                start);
    }

    private void addSize(Dimension dimension, List<Integer> extents, List<Optional<String>> declared) {
        switch (dimension) {
            case Dimension.Single(Expr size, var _) -> {
                extents.add((int) constants.size(size, Part.WHOLE));
                declared.add(
                        size instanceof Expr.Name n && Sizes.isSize(n.name())
                                ? Optional.of(n.name())
                                : Optional.empty());
            }
            case Dimension.Maybe(Expr.Name size, var _) -> addSize(size, extents, declared);
            case Dimension.At(Expr.Name size, var _, var _) -> addSize(size, extents, declared);
            case Dimension.Group group -> addSize(group.size(), extents, declared);
            case Dimension.Listed listed -> addSize(listed.size(), extents, declared);
            case Dimension.Shaped shaped -> addSize(shaped.size(), extents, declared);
            case Dimension.When when -> {
                addSize(when.of(), extents, declared);
                if (!sizes.isPresent(when) && extents.getLast() != 1) {
                    throw Fault.at(
                            when.span().place(),
                            "the dimension is absent, but its extent comes out as " + extents.getLast()
                                    + sizes.describe());
                }
            }
        }
    }

    private void addSize(Expr.Name size, List<Integer> extents, List<Optional<String>> declared) {
        List<String> blocks = sizes.blocks(size.name());
        for (String block : blocks.isEmpty() ? List.of(size.name()) : blocks) {
            extents.add(sizes.product(block).orElseThrow());
            declared.add(Optional.of(block));
        }
    }

    /** What a parameter or a buffer starts with, by the definition's {@code init}. */
    private Optional<Start> start(String name, Role role) {
        if (role != Role.PARAM && role != Role.BUFFER) {
            return Optional.empty();
        }
        return definition.init().stream()
                .filter(line -> line.names().stream().anyMatch(n -> n.name().equals(name)))
                .findFirst()
                .map(line -> line.value() instanceof Expr.Call call
                                && call.arguments().size() == 2
                        ? draw(call)
                        : new Start.Constant(constant(line.value())));
    }

    private Start draw(Expr.Call call) {
        double first = constant(call.arguments().get(0));
        double second = constant(call.arguments().get(1));
        return switch (call.function()) {
            case "uniform" -> new Start.Uniform(first, second);
            case "normal" -> new Start.Normal(first, second);
            default ->
                throw Fault.at(
                        call.place(), "a start value is uniform(low, high), normal(mean, deviation) or a number");
        };
    }

    private double constant(Expr e) {
        Value value = constants.value(e);
        if (value instanceof Int.Constant(long whole)) {
            return whole;
        }
        if (value instanceof Real.Constant(double real)) {
            return real;
        }
        if (value instanceof Real.Precise precise) {
            return precise.nearest();
        }
        throw Fault.at(e.place(), "a start value depends on options and sizes only");
    }

    // Families

    /** Does something with the name of each member of the families that a declared name mentions. */
    private void forEachMember(String declared, Consumer<String> action) {
        Optional<String> open = Families.indicesOf(definition, declared).stream()
                .filter(index -> scope.member(index).isEmpty())
                .findFirst();
        if (open.isEmpty()) {
            action.accept(scope.memberName(declared));
            return;
        }
        for (int member = 0; member < scope.family(open.get()).orElseThrow(); member++) {
            scope.withMember(open.get(), member, () -> {
                forEachMember(declared, action);
                return open;
            });
        }
    }

    /** The dimensions with the names of the member that is looked at. */
    private List<Dimension> members(List<Dimension> dimensions) {
        return Signatures.dimensions(dimensions, scope).stream()
                .map(this::member)
                .toList();
    }

    private Dimension member(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr.Name size, var span) -> new Dimension.Single(member(size), span);
            case Dimension.Single single -> single;
            case Dimension.Maybe(Expr.Name size, var span) -> new Dimension.Maybe(member(size), span);
            case Dimension.At(Expr.Name size, Expr axis, var span) -> new Dimension.At(member(size), axis, span);
            case Dimension.Group(Expr.Name size, var axes, var given, var span) ->
                new Dimension.Group(member(size), axes, given, span);
            case Dimension.Listed(Expr.Name size, Expr axes, var span) ->
                new Dimension.Listed(member(size), axes, span);
            case Dimension.Shaped(Expr.Name size, Expr shape, var span) ->
                new Dimension.Shaped(member(size), shape, span);
            case Dimension.When(Dimension of, Expr condition, var span) ->
                new Dimension.When(member(of), condition, span);
        };
    }

    private Expr.Name member(Expr.Name size) {
        return new Expr.Name(scope.memberName(size.name()), size.span());
    }

    // Equations

    private List<BoundEquation> forward() {
        List<Equation> equations = new ArrayList<>(definition.forward());
        reducedOutputs().forEach(reduced -> equations.add(reduced.forward()));
        List<BoundEquation> bound = new ArrayList<>();
        expansions.forEach(expansion -> bound.add(expansion.forward()));
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
            underivable = Optional.of(fault); // for whoever needs gradients
            return List.of();
        }
        expansions.forEach(expansion -> expansion.backward(tensors).ifPresent(bound::add));
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

    /** A tensor is set or accumulated, never both; what is set is set completely. */
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
