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
 * The two equations that broadcasting is: the expanded tensor reads the given one, and the given one's gradient sums the
 * expanded one's.
 *
 * @param declaration the input's
 * @param small the given tensor, under the name {@code x.given}
 * @param large the expanded one, under the declared name
 * @param read the element of the given tensor that an element of the expanded one is
 */
record Expansion(Declaration declaration, BoundTensor small, BoundTensor large, List<Int> read) {

    /** How a declared tensor is added to those of the layer. */
    interface Adder {
        BoundTensor add(Declaration declaration, Role role, String name, Shape shape);
    }

    /**
     * Adds both tensors to those of the layer.
     *
     * @param given the shape that the input has
     * @param aligned the same with extents of 1 for dimensions that are absent
     * @param common the shape to which it is expanded
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
     * Which of several extents of 1 is that of an absent dimension makes no difference: all are read at 0, also by an index
     * that is never more.
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

    /** Sets the expanded tensor. */
    BoundEquation forward() {
        return equation(declaration, large, all(), small, read, large.shape(), false);
    }

    /** Accumulates the gradient of the given tensor, if the definition has one of the expanded tensor. */
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
