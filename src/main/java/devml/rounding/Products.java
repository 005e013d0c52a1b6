package devml.rounding;

import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.scale;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the errors of sums of products of two tensors as such sums again: with errors E and F of the tensors A and B,
 *
 * <pre>
 * sum |A| (F + gamma |B|) + sum E (|B| + F)
 * </pre>
 *
 * <p>They run on the same kernels as the sums themselves: one sum for each of the tensors that is not exact, but at
 * least one.
 */
record Products(Errors errors, Precision precision, RealError reals) {

    /**
     * Returns the equations for the errors of an equation if its value is such a sum, or adds one to something else;
     * otherwise none.
     *
     * @param terms the number of terms added to an element of a target that accumulates
     */
    List<Assignment> of(Assignment equation, Real value, double terms) {
        if (equation.accumulates()) {
            return product(value)
                    .map(product -> sums(equation, product, Optional.empty(), terms, errors.make(equation.target())))
                    .orElse(List.of());
        }
        if (value instanceof Real.Reduce sum) {
            return product(sum)
                    .map(product -> sums(
                            equation,
                            product,
                            Optional.of(sum.box()),
                            (double) sum.box().size(),
                            errors.make(equation.target())))
                    .orElse(List.of());
        }
        if (value instanceof Real.Binary(Real.Op op, Real rest, Real.Reduce sum) && op == Real.Op.ADD) {
            return product(sum)
                    .map(product -> sumAndRest(equation, product, sum, rest))
                    .orElse(List.of());
        }
        return List.of();
    }

    private record Product(Real.Read left, Real.Read right) {}

    private Optional<Product> product(Real.Reduce sum) {
        return sum.fold() == Real.Fold.SUM
                        && reals.decisions().isExactly(sum.box().guard())
                ? product(sum.body())
                : Optional.empty();
    }

    private Optional<Product> product(Real body) {
        return body instanceof Real.Binary(Real.Op op, Real.Read left, Real.Read right)
                        && op == Real.Op.MULTIPLY
                        && Terms.isZero(reals.integers().of(left.subscripts()))
                        && Terms.isZero(reals.integers().of(right.subscripts()))
                ? Optional.of(new Product(left, right))
                : Optional.empty();
    }

    /**
     * The rounding of the last addition is at most u times its result, and at most the sum: where all products are 0,
     * there is none.
     */
    private List<Assignment> sumAndRest(Assignment equation, Product product, Real.Reduce sum, Real rest) {
        View ofSum = errors.temporary(equation.target());
        double terms = sum.box().size();
        List<Assignment> all = new ArrayList<>(sums(equation, product, Optional.of(sum.box()), terms, ofSum));
        Real ofRest = reals.of(rest);
        Real read = new Real.Read(ofSum, equation.subscripts());
        Real result = new Real.Read(equation.target(), equation.subscripts());
        Real most = scale(1 / precision.gamma(terms + 1) * (1 + 8 * precision.unit()), read);
        Real rounding = Terms.min(scale(precision.unit(), abs(result)), most);
        Real error = add(add(ofRest, read), rounding);
        all.add(assignment(
                equation,
                errors.make(equation.target()),
                false,
                equation.box(),
                scale(precision.above(Terms.roundings(error)), error)));
        return all;
    }

    private List<Assignment> sums(Assignment equation, Product product, Optional<Box> box, double terms, View target) {
        View left = product.left().view();
        View right = product.right().view();
        Optional<View> ofLeft = errors.of(left);
        Optional<View> ofRight = errors.of(right);
        double gamma = precision.gamma(terms + 1);
        double above = precision.above(2 * terms + 16);
        List<Assignment> all = new ArrayList<>();
        boolean onLeft = ofRight.isEmpty() && ofLeft.isPresent();
        View exact = onLeft ? right : left;
        View other = onLeft ? left : right;
        Real more = scale(above, add(scale(gamma, abs(element(other))), error(onLeft ? ofLeft : ofRight)));
        View magnitude = prepare(exact, abs(element(exact)), equation, all);
        View moved = prepare(other, more, equation, all);
        all.add(sum(
                equation,
                product,
                box,
                onLeft ? moved : magnitude,
                onLeft ? magnitude : moved,
                target,
                equation.accumulates()));
        if (ofLeft.isPresent() && ofRight.isPresent()) {
            Real most = scale(above, add(abs(element(right)), error(ofRight)));
            View whole = prepare(right, most, equation, all);
            all.add(sum(equation, product, box, flat(ofLeft.get(), left), whole, target, true));
        }
        return all;
    }

    private static View flat(View errors, View like) {
        return new View(errors.tensor(), errors.name(), like.extents());
    }

    private static Real error(Optional<View> view) {
        return view.map(Products::element).orElse(Terms.ZERO);
    }

    /** The element at the only index of a tensor that is read as a vector. */
    private static Real element(View view) {
        return new Real.Read(new View(view.tensor(), view.name(), List.of(view.size())), List.of(new Int.Index(0)));
    }

    /** Adds an equation that computes a tensor of the same shape, element by element. */
    private View prepare(View like, Real value, Assignment equation, List<Assignment> all) {
        View made = errors.temporary(like);
        View line = new View(made.tensor(), made.name(), List.of(made.size()));
        Box box = new Box(List.of(0), List.of(made.size()), Cond.TRUE);
        all.add(new Assignment(line, List.of(new Int.Index(0)), false, box, value, 1, equation.place()));
        return made;
    }

    private Assignment sum(
            Assignment equation,
            Product product,
            Optional<Box> box,
            View left,
            View right,
            View target,
            boolean accumulates) {
        Real body = new Real.Binary(
                Real.Op.MULTIPLY,
                new Real.Read(left, product.left().subscripts()),
                new Real.Read(right, product.right().subscripts()));
        Real value = box.<Real>map(b -> new Real.Reduce(Real.Fold.SUM, b, body)).orElse(body);
        return assignment(equation, target, accumulates, equation.box(), value);
    }

    private static Assignment assignment(Assignment equation, View target, boolean accumulates, Box box, Real value) {
        return new Assignment(
                target, equation.subscripts(), accumulates, box, value, equation.slots(), equation.place());
    }
}
