package devml.layer;

import devml.fault.Fault;
import devml.fault.Words;
import devml.layer.BoundTensor.Role;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.tensor.Broadcast;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Binds a layer's inputs to the shapes that they have: the sizes follow from these. */
final class Inputs {
    private static final Shape EMPTY_VECTOR = Shape.of(0);

    private final Definition definition;
    private final Binder.Request request;
    private final Sizes sizes;
    private final Tensors tensors;
    private final Lowering constants;
    private final Members members;
    private final StartValues starts;
    private final Declared declared;
    private final List<Expansion> expansions = new ArrayList<>();

    Inputs(
            Definition definition,
            Binder.Request request,
            Sizes sizes,
            Tensors tensors,
            Lowering constants,
            Members members,
            StartValues starts,
            Declared declared) {
        this.definition = definition;
        this.request = request;
        this.sizes = sizes;
        this.tensors = tensors;
        this.constants = constants;
        this.members = members;
        this.starts = starts;
        this.declared = declared;
    }

    /** Binds the sizes of all inputs, and adds these. */
    void declare() {
        for (Declaration declaration : definition.tensors()) {
            for (Dimension dimension : declaration.dimensions()) {
                if (dimension instanceof Dimension.Group group && group.given().isPresent()) {
                    sizes.set(
                            group.size().name(),
                            given(group.given().get()),
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
        declareGroupBroadcast(expanded.get(true));
        inputs.get(false).forEach(input -> members.forEach(input.name(), name -> bindInput(input, name)));
        inputs.get(false).forEach(input -> members.forEach(input.name(), name -> bindEmpty(input, name)));
        inputs.get(false).forEach(input -> members.forEach(input.name(), name -> addInput(input, name)));
        declareBroadcast(expanded.get(false));
    }

    private void bindInput(Declaration declaration, String name) {
        Shape shape = request.inputs().get(name);
        if (isEmptyVector(declaration, shape)) {
            return; // its sizes are those of the others
        }
        if (shape != null) {
            bindSizes(declaration, name, members.dimensions(declaration.dimensions()), shape);
        } else if (declaration.optional().isEmpty()) {
            throw Fault.at(
                    request.place(),
                    "%s, lacks its input '%s'".formatted(Words.whichIs(request.name(), definition.name()), name));
        }
    }

    private static boolean isEmptyVector(Declaration declaration, Shape shape) {
        return declaration.orEmpty() && EMPTY_VECTOR.equals(shape);
    }

    /** Binds the sizes that no other input than a vector of no elements has. */
    private void bindEmpty(Declaration declaration, String name) {
        Shape shape = request.inputs().get(name);
        if (!isEmptyVector(declaration, shape)) {
            return;
        }
        List<Dimension> dimensions = members.dimensions(declaration.dimensions());
        boolean isEmpty = false;
        for (Dimension dimension : dimensions) {
            isEmpty |= bindEmpty(dimension) == 0;
        }
        if (!isEmpty) {
            bindSizes(declaration, name, dimensions, shape); // which tells what does not fit
        }
    }

    /** Gives a size that nothing says no dimension, if it may have none, or else the extent 0; returns its product. */
    private int bindEmpty(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr.Name size, var _) -> bindEmpty(size, List.of(0));
            case Dimension.At(Expr.Name size, var _, var _) -> bindEmpty(size, List.of(0));
            case Dimension.Maybe(Expr.Name size, var _) -> bindEmpty(size, List.of());
            case Dimension.Group group -> bindEmpty(group.size(), List.of());
            case Dimension.Listed listed -> bindEmpty(listed.size(), List.of());
            case Dimension.Single _, Dimension.Shaped _, Dimension.When _ -> 1;
        };
    }

    private int bindEmpty(Expr.Name size, List<Integer> extents) {
        if (sizes.extents(size.name()).isEmpty()) {
            sizes.set(size.name(), extents, size.place());
        }
        return sizes.product(size.name()).orElseThrow();
    }

    /** Adds an input once all sizes are known: what one of integers may hold can depend on those of a later one. */
    private void addInput(Declaration declaration, String name) {
        Shape shape = request.inputs().get(name);
        if (shape != null) {
            declared.add(declaration, Role.INPUT, name, shape);
        } else if (declaration.optional().orElseThrow().otherwise() instanceof Expr.Call call
                && call.function().equals("bernoulli")
                && call.arguments().size() == 1) {
            double probability = starts.constant(call.arguments().getFirst());
            if (probability == 1) {
                tensors.addAbsent(name, new Expr.Whole(1, call.span())); // nothing is left to chance
                return;
            }
            InitialValue start = new InitialValue.Bernoulli(probability);
            declared.add(declaration, Role.LOCAL, name, declared.shape(declaration), Optional.of(start));
        } else {
            tensors.addAbsent(name, declaration.optional().orElseThrow().otherwise());
        }
    }

    /** A shape that does not fit is the network's fault: it is told there, with what the definition says. */
    private void bindSizes(Declaration declaration, String name, List<Dimension> dimensions, Shape shape) {
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

    /** Inputs that broadcast: to the shape that other inputs give them, or else to that of all by NumPy's rules. */
    private void declareBroadcast(List<Declaration> declarations) {
        Map<Boolean, List<Declaration>> isKnown = declarations.stream()
                .collect(Collectors.partitioningBy(
                        declaration -> declared.known(declaration).isPresent()));
        for (Declaration declaration : isKnown.get(true)) {
            Shape given = request.inputs().get(declaration.name());
            expand(declaration, given, declared.known(declaration).orElseThrow());
        }
        Shape common = Shape.SCALAR;
        for (Declaration declaration : isKnown.get(false)) {
            Shape before = common;
            Shape shape = aligned(declaration);
            common = Broadcast.common(before, shape)
                    .orElseThrow(() -> Fault.at(
                            request.place(),
                            "%s: the shapes %s and %s do not broadcast".formatted(request.name(), before, shape)));
        }
        for (Declaration declaration : isKnown.get(false)) {
            expand(declaration.withAllDimensions(), aligned(declaration), common);
        }
    }

    /** The shape of an input, with an extent of 1 for each dimension that is absent: as any such, it repeats. */
    private Shape aligned(Declaration declaration) {
        List<Integer> dims =
                new ArrayList<>(request.inputs().get(declaration.name()).dims());
        int behind = 0;
        for (Dimension dimension : declaration.dimensions().reversed()) {
            if (dimension instanceof Dimension.When when && !sizes.isPresent(when)) {
                dims.add(dims.size() - Math.min(behind, dims.size()), 1);
            }
            behind++;
        }
        return new Shape(dims);
    }

    /** Inputs of which only a leading group broadcasts, such as the batch of a matrix product. */
    private void declareGroupBroadcast(List<Declaration> declarations) {
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
            expand(declaration, shape, Declared.shape(dims, declaration.span().place()));
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

    /** Binds an input of a shape, with 1 for what is absent, to that to which it is expanded. */
    private void expand(Declaration declaration, Shape aligned, Shape common) {
        Shape given = request.inputs().get(declaration.name());
        if (!Broadcast.fits(aligned, common)) {
            throw Fault.at(
                    request.place(),
                    "%s: the shape %s does not broadcast to %s".formatted(request.name(), given, common));
        }
        bindSizes(declaration, declaration.name(), declaration.dimensions(), common);
        if (given.equals(common)) {
            declared.add(declaration, Role.INPUT, declaration.name(), common);
        } else {
            expansions.add(
                    Expansion.declare(declaration.name(), given, aligned, common, declaration, tensors, declared::add));
        }
    }

    /** The extents that a row gives to a group. */
    private List<Integer> given(Expr row) {
        List<Long> extents = new Rows(constants).integers(row);
        if (extents.stream().anyMatch(extent -> extent < 0 || extent > Shape.MAX_SIZE)) {
            throw Fault.at(
                    request.place(),
                    "%s: %s is no row of extents: %s"
                            .formatted(Words.whichIs(request.name(), definition.name()), Printer.print(row), extents));
        }
        return extents.stream().map(Long::intValue).toList();
    }

    /** What makes inputs of those that broadcast. */
    List<Expansion> expansions() {
        return expansions;
    }
}
