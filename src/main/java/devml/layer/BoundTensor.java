package devml.layer;

import devml.equation.View;
import devml.tensor.Shape;
import java.util.Optional;

/**
 * A tensor of a bound layer: what equations, users and the memory of a program need to know of it.
 *
 * @param name its name in the definition: {@code weight}, {@code dx}
 * @param role its role in the layer
 * @param view the tensor as equations address it, with one extent for each subscript
 * @param shape the tensor as users see it, in which a group has an extent for each of its dimensions
 * @param integer whether it holds integers
 * @param range for integers that are declared with a range, the values that it may hold
 * @param start for parameters and buffers that nobody sets, what they start with; for an input left to chance, what it
 *     is drawn from
 */
public record BoundTensor(
        String name,
        Role role,
        View view,
        Shape shape,
        boolean integer,
        Optional<Range> range,
        Optional<InitialValue> start) {

    /** The role of a tensor in its layer. */
    public enum Role {
        INPUT,
        PARAM,
        BUFFER,
        OUTPUT,
        LOCAL,
        GRADIENT
    }

    /**
     * The integers that a tensor may hold: from 0 up to {@code size}, exclusive, or exactly {@code other}.
     *
     * @param any whether it may hold any other integers too
     */
    public record Range(long size, Optional<Long> other, boolean any) {
        public boolean contains(long value) {
            return any || (value >= 0 && value < size) || (other.isPresent() && other.get() == value);
        }
    }

    /**
     * The suffix in the name of an input that is expanded: {@code x.given} is as the user gives it, {@code x} as
     * equations read it.
     */
    static final String GIVEN = ".given";

    /** The name of the declared input that the tensor is; for {@code x.given} that is {@code x}. */
    public String input() {
        return name.endsWith(GIVEN) ? name.substring(0, name.length() - GIVEN.length()) : name;
    }

    /** Whether the tensor has values before the layer runs. */
    public boolean isGiven() {
        return role == Role.INPUT
                || role == Role.PARAM
                || role == Role.BUFFER
                || (role == Role.LOCAL && start.isPresent());
    }

    /** The number by which equations know the tensor. */
    public int number() {
        return view.tensor();
    }
}
