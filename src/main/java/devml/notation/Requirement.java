package devml.notation;

import java.util.Optional;

/**
 * A line of a {@code require} block: a condition that options and shapes must satisfy.
 *
 * @param condition the condition
 * @param needed what to tell a user whose options do not satisfy it: {@code condition else 'an even number'}
 */
public record Requirement(Expr condition, Optional<String> needed) {
    @Override
    public String toString() {
        return Printer.print(this);
    }
}
