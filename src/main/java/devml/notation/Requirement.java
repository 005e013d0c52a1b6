package devml.notation;

import java.util.Optional;

/**
 * A line of {@code require}: what options and shapes must satisfy.
 *
 * @param condition on them
 * @param needed what is needed, in words, for whoever does not satisfy it: {@code condition else 'an even number'}
 */
public record Requirement(Expr condition, Optional<String> needed) {
    @Override
    public String toString() {
        return Printer.print(this);
    }
}
