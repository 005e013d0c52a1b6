package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * A line of a {@code tensors} block: it declares one tensor of a layer, with its role, shape and range.
 *
 * @param role the role of the tensor in its layer
 * @param name its name; a name with a dot, such as {@code x.q}, declares a family
 * @param dimensions its dimensions; for a reduced output, empty, since they are those of the elements that are reduced
 * @param orEmpty whether an input may be a vector without elements instead: {@code x[N, C] or [0]}
 * @param reduced for {@code output y = reduce(l[n], total)}: the access to what is reduced and the divisor of the mean
 * @param broadcast whether a smaller tensor is expanded to this shape by NumPy's rules
 * @param expanded the group of dimensions that is expanded, if it is not the whole shape: {@code broadcast A}
 * @param optional when the tensor is present, and the value that it has otherwise
 * @param range the values that a tensor of integers may hold; empty for a tensor of real numbers
 * @param span where the line stands
 */
public record Declaration(
        Role role,
        String name,
        List<Dimension> dimensions,
        boolean orEmpty,
        Optional<Reduced> reduced,
        boolean broadcast,
        Optional<Expr.Name> expanded,
        Optional<Presence> optional,
        Optional<Range> range,
        Span span) {

    public Declaration {
        dimensions = List.copyOf(dimensions);
    }

    /** Returns the declaration with all dimensions that it may have: those under a condition are taken as present. */
    public Declaration withAllDimensions() {
        List<Dimension> all = dimensions.stream()
                .map(dimension -> dimension instanceof Dimension.When when ? when.of() : dimension)
                .toList();
        return new Declaration(role, name, all, orEmpty, reduced, broadcast, expanded, optional, range, span);
    }

    /** Whether the tensor holds integers whatever the options and shapes are. */
    public boolean holdsIntegers() {
        return range.isPresent() && range.get().condition().isEmpty();
    }

    /** The role of a tensor in its layer. */
    public enum Role {
        INPUT("input"),
        PARAM("param"),
        BUFFER("buffer"),
        OUTPUT("output"),
        LOCAL("local");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** {@code reduce(elements, total)}: the loss of each element, and the divisor of the mean. */
    public record Reduced(Expr.Access elements, Expr total) {}

    /**
     * When a tensor is present: {@code when condition else value}, or {@code when given else value}.
     *
     * @param condition a condition on options; empty for an input that the user may leave out ({@code given})
     * @param otherwise the value that the absent tensor has
     */
    public record Presence(Optional<Expr> condition, Expr otherwise) {}

    /**
     * {@code in C or ignore_index if hard}: integers from 0 up to {@code size}, exclusive, or exactly {@code other}.
     * Without a condition the range always applies, otherwise only where the condition holds.
     *
     * @param any whether any other integer is allowed too, for equations that do not use such elements:
     *     {@code in C or any}
     */
    public record Range(Expr size, Optional<Expr> other, boolean any, Optional<Expr> condition) {}

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
