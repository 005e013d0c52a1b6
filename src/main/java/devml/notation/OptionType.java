package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * What an option may be, and its value where the user gives none: {@code int2 >= 0 or same or valid = 0}.
 *
 * @param alternatives one or more
 * @param standard the default; a required option has none
 */
public record OptionType(List<Alternative> alternatives, Optional<Expr> standard) {
    public OptionType {
        alternatives = List.copyOf(alternatives);
    }

    /** One of the things an option may be. */
    public sealed interface Alternative {}

    /**
     * Numbers: {@code int >= 1}, {@code int2} (a pair, for which one number may stand), {@code ints} (any number of
     * them).
     *
     * @param whole whether only integers are allowed
     * @param row whether a list is allowed
     * @param count how many; 0 for a list of any length
     * @param bounds what each must satisfy
     */
    public record Numbers(boolean whole, boolean row, int count, List<Bound> bounds) implements Alternative {
        public Numbers {
            bounds = List.copyOf(bounds);
        }

        /** Whether a number satisfies all bounds. */
        public boolean allows(double value) {
            return bounds.stream().allMatch(bound -> bound.allows(value));
        }
    }

    /** {@code true} or {@code false}. */
    public record Truth() implements Alternative {}

    /** A word that stands for itself, such as {@code same}; {@code inf} and {@code -inf} stand for these numbers. */
    public record Choice(String word) implements Alternative {}

    /** Which index each dimension of several tensors has, in the notation of {@code einsum}: {@code nc,dc->nd}. */
    public record Signature() implements Alternative {}

    /** {@code >= 1}. */
    public record Bound(Relation relation, double limit) {
        boolean allows(double value) {
            return switch (relation) {
                case EQUAL -> value == limit;
                case NOT_EQUAL -> value != limit;
                case LESS -> value < limit;
                case LESS_EQUAL -> value <= limit;
                case GREATER -> value > limit;
                case GREATER_EQUAL -> value >= limit;
            };
        }
    }

    /** The words among the alternatives. */
    public List<String> words() {
        return alternatives.stream()
                .filter(Choice.class::isInstance)
                .map(alternative -> ((Choice) alternative).word())
                .toList();
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
