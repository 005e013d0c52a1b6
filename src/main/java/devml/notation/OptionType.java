package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * The values that an option may take, and its default: {@code int2 >= 0 or same or valid = 0}.
 *
 * @param alternatives the alternatives between {@code or}, one or more
 * @param standard the default; empty for a required option
 */
public record OptionType(List<Alternative> alternatives, Optional<Expr> standard) {
    public OptionType {
        alternatives = List.copyOf(alternatives);
    }

    /** One of the alternatives of an option. */
    public sealed interface Alternative {}

    /**
     * Numbers: {@code int >= 1}, {@code int2} (a pair, for which a single number may stand), {@code ints} (any number
     * of them).
     *
     * @param whole whether only integers are allowed
     * @param row whether a list is allowed
     * @param count the length of the list; 0 for any length
     * @param bounds the conditions that each number must satisfy
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

    /**
     * A word that stands for itself, such as {@code same}; the words {@code inf} and {@code -inf} stand for these
     * numbers.
     */
    public record Choice(String word) implements Alternative {}

    /** The indices of the dimensions of several tensors, in the notation of {@code einsum}: {@code nc,dc->nd}. */
    public record Signature() implements Alternative {}

    /** A bound on a number, such as {@code >= 1}. */
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
