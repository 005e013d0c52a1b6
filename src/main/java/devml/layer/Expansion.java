package devml.layer;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.View;
import devml.layer.BoundTensor.Role;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An input that broadcasting expands, and the two equations that do it: the expanded tensor reads the given one, and
 * the gradient of the given one sums that of the expanded one.
 *
 * @param declaration the declaration of the input
 * @param small the tensor as given, under the name {@code x.given}
 * @param large the expanded tensor, under the declared name
 * @param read the subscripts of the given tensor at an element of the expanded one
 */
record Expansion(Declaration declaration, BoundTensor small, BoundTensor large, List<Int> read) {

    /** Adds a declared tensor to those of the layer. */
    interface Adder {
        BoundTensor add(Declaration declaration, Role role, String name, Shape shape);
    }

    /**
     * Adds both tensors to those of the layer.
     *
     * @param given the shape that the input has
     * @param aligned the same shape with extents of 1 for dimensions that are absent
     * @param common the shape to which the input is expanded
     */
    static Expansion declare(
            String name,
            Shape given,
            Shape aligned,
            Shape common,
            Declaration declaration,
            Tensors tensors,
            Adder adder) {
        BoundTensor small = tensors.add(
                name + BoundTensor.GIVEN,
                Role.INPUT,
                given.dims(),
                IntStream.range(0, given.rank())
                        .mapToObj(i -> Optional.<String>empty())
                        .toList(),
                given,
                false,
                Optional.empty(),
                Optional.empty());
        BoundTensor large = adder.add(declaration, Role.LOCAL, name, common);
        return new Expansion(declaration, small, large, read(given, aligned, common));
    }

    /**
     * Returns the subscripts of the given tensor. It does not matter which of several extents of 1 belongs to an absent
     * dimension: all are read at 0, or by an index that is always 0.
     */
    private static List<Int> read(Shape given, Shape aligned, Shape common) {
        List<Int> read = new ArrayList<>();
        int missing = common.rank() - aligned.rank();
        for (int i = 0; i < aligned.rank() && read.size() < given.rank(); i++) {
            if (given.dim(read.size()) == aligned.dim(i)) {
                read.add(aligned.dim(i) < common.dim(missing + i) ? Ints.constant(0) : new Int.Index(missing + i));
            }
        }
        return read;
    }

    /** The equation that sets the expanded tensor. */
    BoundEquation forward() {
        return equation(declaration, large, all(), small, read, large.shape(), false);
    }

    /**
     * The equation that accumulates the gradient of the given tensor, if the definition has a gradient of the expanded
     * one.
     */
    Optional<BoundEquation> backward(Tensors tensors) {
        return tensors.find("d" + large.name())
                .map(gradient -> equation(
                        declaration,
                        tensors.addGradient(small.name()),
                        read,
                        gradient.bound(),
                        all(),
                        large.shape(),
                        true));
    }

    private List<Int> all() {
        List<Int> all = new ArrayList<>();
        IntStream.range(0, large.shape().rank()).forEach(i -> all.add(new Int.Index(i)));
        return all;
    }

    private static BoundEquation equation(
            Declaration declaration,
            BoundTensor target,
            List<Int> written,
            BoundTensor source,
            List<Int> read,
            Shape common,
            boolean accumulates) {
        Box box = new Box(IntStream.range(0, common.rank()).boxed().toList(), common.dims(), Cond.TRUE);
        View to = new View(target.number(), target.view().name(), target.shape().dims());
        View from =
                new View(source.number(), source.view().name(), source.shape().dims());
        Equation syntax = new Equation(
                access(declaration, target, written),
                accumulates,
                access(declaration, source, read),
                Optional.empty(),
                declaration.span());
        return new BoundEquation(
                syntax,
                new Assignment(
                        to,
                        written,
                        accumulates,
                        box,
                        new Real.Read(from, read),
                        common.rank(),
                        declaration.span().place()),
                Optional.empty(),
                Set.of());
    }

    private static Expr.Access access(Declaration declaration, BoundTensor tensor, List<Int> subscripts) {
        List<Expr> shown = new ArrayList<>();
        for (Int subscript : subscripts) {
            shown.add(
                    switch (subscript) {
                        case Int.Index(int slot) -> new Expr.Name("i" + slot, declaration.span());
                        case Int other -> new Expr.Whole(0, declaration.span());
                    });
        }
        return new Expr.Access(tensor.name(), shown, declaration.span());
    }
}
