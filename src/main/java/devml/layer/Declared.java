package devml.layer;

import devml.equation.Cond;
import devml.fault.Fault;
import devml.fault.Place;
import devml.layer.BoundTensor.Range;
import devml.layer.BoundTensor.Role;
import devml.layer.Scope.Part;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tensors of a bound layer from declarations, for {@link Binder} and {@link Inputs}. Users see the shape of a
 * tensor, with an extent for each dimension; equations see one extent for each subscript.
 */
final class Declared {
    private final Sizes sizes;
    private final Tensors tensors;
    private final Lowering constants;
    private final Members members;
    private final StartValues starts;

    Declared(Sizes sizes, Tensors tensors, Lowering constants, Members members, StartValues starts) {
        this.sizes = sizes;
        this.tensors = tensors;
        this.constants = constants;
        this.members = members;
        this.starts = starts;
    }

    /** Adds a declared tensor to those of the layer; all its sizes must be known. */
    BoundTensor add(Declaration declaration, Role role, String name, Shape shape) {
        return add(declaration, role, name, shape, starts.of(declaration.name(), role));
    }

    /** Adds a declared tensor that starts with a given value. */
    BoundTensor add(Declaration declaration, Role role, String name, Shape shape, Optional<InitialValue> start) {
        List<Integer> extents = new ArrayList<>();
        List<Optional<String>> declared = new ArrayList<>();
        List<Dimension> dimensions = members.dimensions(declaration.dimensions());
        for (Dimension dimension : dimensions) {
            addSize(dimension, extents, declared);
        }
        Optional<List<Integer>> order = sizes.order(declaration, dimensions, shape);
        Optional<Range> range = declaration
                .range()
                .filter(r -> r.condition()
                        .map(condition -> constants.condition(condition).equals(Cond.TRUE))
                        .orElse(true))
                .map(r -> new Range(
                        constants.size(r.size(), Part.WHOLE),
                        r.other().map(o -> constants.size(o, Part.WHOLE)),
                        r.any()));
        return tensors.add(
                name,
                role,
                inOrder(extents, order),
                inOrder(declared, order),
                order.orElse(List.of()),
                shape,
                range.isPresent(),
                range,
                start);
    }

    private static <T> List<T> inOrder(List<T> items, Optional<List<Integer>> order) {
        return order.map(positions -> positions.stream().map(items::get).toList())
                .orElse(List.copyOf(items));
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

    /** Returns the shape of a declaration; throws a fault if a size in it is not bound. */
    Shape shape(Declaration declaration) {
        List<Dimension> dimensions = members.dimensions(declaration.dimensions());
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

    /** Returns the shape of a declaration, or nothing if a size in it is not bound yet. */
    Optional<Shape> known(Declaration declaration) {
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

    /** Returns the shape with these extents; throws a fault if that is more elements than an array can have. */
    static Shape shape(List<Integer> dims, Place place) {
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException tooLarge) {
            throw Fault.at(place, tooLarge.getMessage());
        }
    }
}
