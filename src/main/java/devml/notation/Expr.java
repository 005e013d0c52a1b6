package devml.notation;

import devml.fault.Place;
import java.util.List;
import java.util.Optional;

/**
 * An expression as it was written. Names are not resolved yet: {@code c} may be an index or an option;
 * {@code devml.layer} decides.
 */
public sealed interface Expr {

    Span span();

    default Place place() {
        return span().place();
    }

    /** An integer, such as {@code 2}. */
    record Whole(long value, Span span) implements Expr {}

    /** A number with a fraction or an exponent, such as {@code 0.5} or {@code 1e-5}. */
    record Decimal(double value, Span span) implements Expr {}

    /** A word that may be the value of an option, such as {@code 'same'}. */
    record Word(String value, Span span) implements Expr {}

    /** An index, size, option, short name or constant; {@code k'} and {@code K.q} are names too. */
    record Name(String name, Span span) implements Expr {}

    /** An element of a tensor: {@code x[n,c,h,w]}, {@code loss[]}. */
    record Access(String tensor, List<Expr> subscripts, Span span) implements Expr {
        public Access {
            subscripts = List.copyOf(subscripts);
        }
    }

    /** An element, with a value to use where the subscripts leave the tensor: {@code (x[n,i-1] else 0)}. */
    record OrElse(Access access, Expr otherwise, Span span) implements Expr {}

    /** {@code -e} or {@code not e}. */
    record Unary(UnaryOp op, Expr operand, Span span) implements Expr {}

    record Binary(BinaryOp op, Expr left, Expr right, Span span) implements Expr {}

    /** A chain of comparisons: {@code 0 <= h < H} has three operands and two relations. */
    record Compare(List<Expr> operands, List<Relation> relations, Span span) implements Expr {
        public Compare {
            operands = List.copyOf(operands);
            relations = List.copyOf(relations);
        }
    }

    /** A function call: {@code exp(e)}, {@code where(c, a, b)}, {@code max(a, b)}. */
    record Call(String function, List<Expr> arguments, Span span) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A reduction over indices: {@code sum(r, s | guard: body)}. */
    record Reduce(Reduction reduction, List<Name> indices, Optional<Expr> guard, Expr body, Span span) implements Expr {
        public Reduce {
            indices = List.copyOf(indices);
        }
    }

    /** Two or more values, which a line of {@code where} assigns to as many names: {@code (i, j)}. */
    record Tuple(List<Expr> items, Span span) implements Expr {
        public Tuple {
            items = List.copyOf(items);
        }
    }
}
