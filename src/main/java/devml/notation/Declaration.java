package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * A line of {@code tensors}.
 *
 * @param role what the tensor is to the layer
 * @param name its name; one with a dot, such as {@code x.q}, declares a family
 * @param dimensions its dimensions; of a reduced output, those of the elements that are reduced
 * @param orEmpty whether an input may be a vector of no elements instead: {@code x[N, C] or [0]}
 * @param reduced for {@code output y = reduce(l[n], total)}: the access to what is reduced and the divisor of the mean
 * @param broadcast whether a smaller tensor is expanded to this shape by NumPy's rules
 * @param expanded the group of dimensions that is expanded, where it is not the whole shape: {@code broadcast A}
 * @param optional when it is there, and the value that it has elsewhere
 * @param range what a tensor of integers may hold
 * @param span where it stands
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

    /** The same with all its dimensions, those included of which a condition decides. */
    public Declaration withAllDimensions() {
        List<Dimension> all = dimensions.stream()
                .map(dimension -> dimension instanceof Dimension.When when ? when.of() : dimension)
                .toList();
        return new Declaration(role, name, all, orEmpty, reduced, broadcast, expanded, optional, range, span);
    }

    /** Whether the tensor holds integers whatever the options and shapes. */
    public boolean holdsIntegers() {
        return range.isPresent() && range.get().condition().isEmpty();
    }

    /** What a tensor is to its layer. */
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

    /** {@code reduce(elements, total)}: what a loss yields for each element, and the divisor of its mean. */
    public record Reduced(Expr.Access elements, Expr total) {}

    /**
     * {@code when condition else value}.
     *
     * @param condition on options; for an input that may be left out, empty: {@code optional else value}
     * @param otherwise what the absent tensor reads as
     */
    public record Presence(Optional<Expr> condition, Expr otherwise) {}

    /**
     * {@code in C or ignore_index if hard}: integers from 0 to below {@code size}, or exactly {@code other}; without the
     * condition, or where it holds.
     *
     * @param any whether other integers may be anything, for equations that do not use them: {@code in C or any}
     */
    public record Range(Expr size, Optional<Expr> other, boolean any, Optional<Expr> condition) {}

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
