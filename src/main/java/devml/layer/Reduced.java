package devml.layer;

import devml.notation.BinaryOp;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Reduction;
import devml.notation.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The equations that {@code output y = reduce(l[n,a], total)} stands for: the option {@code reduction} decides whether y
 * is every l, their sum, or their sum over the total. Of a part of the samples, a mean is left as a sum: what it divides by comes
 * beside it, to be added up over the parts.
 *
 * @param output the declaration
 * @param reduction none, sum, or else some mean
 * @param isPart whether there are other samples that the mean is over too
 */
record Reduced(Declaration output, String reduction, boolean isPart) {

    /** The name of the tensor for what the mean divides by; that of no other, since none has a space in it. */
    static final String DIVISOR = "divisor of ";

    private Expr.Access elements() {
        return output.reduced().orElseThrow().elements();
    }

    boolean isNone() {
        return reduction.equals("none");
    }

    /** Whether what the mean divides by comes as a tensor of its own. */
    boolean hasDivisor() {
        return isPart && !isNone() && !reduction.equals("sum");
    }

    String divisorName() {
        return DIVISOR + output.name();
    }

    /** That tensor from the total. */
    Equation divisor() {
        return equation(
                access(divisorName(), List.of()), output.reduced().orElseThrow().total());
    }

    /** y from l. */
    Equation forward() {
        Expr.Access elements = elements();
        if (isNone()) {
            return equation(access(output.name(), elements.subscripts()), elements);
        }
        List<Expr.Name> indices = new ArrayList<>();
        for (Expr subscript : elements.subscripts()) {
            indices.add((Expr.Name) subscript);
        }
        Expr sum = indices.isEmpty()
                ? elements
                : new Expr.Reduce(Reduction.SUM, indices, Optional.empty(), elements, span());
        return equation(access(output.name(), List.of()), scaled(sum));
    }

    /** dl from dy. */
    Equation backward() {
        Expr.Access elements = elements();
        Expr cotangent = access("d" + output.name(), isNone() ? elements.subscripts() : List.of());
        return equation(access("d" + elements.tensor(), elements.subscripts()), scaled(cotangent));
    }

    private Expr scaled(Expr value) {
        return isNone() || reduction.equals("sum") || isPart
                ? value
                : new Expr.Binary(
                        BinaryOp.DIVIDE, value, output.reduced().orElseThrow().total(), span());
    }

    private Equation equation(Expr.Access target, Expr value) {
        return new Equation(target, false, value, Optional.empty(), span());
    }

    private Expr.Access access(String tensor, List<Expr> subscripts) {
        return new Expr.Access(tensor, subscripts, span());
    }

    private Span span() {
        return output.span();
    }
}
