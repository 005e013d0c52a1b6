package devml.layer;

import devml.equation.View;
import devml.tensor.Shape;
import java.util.Optional;

/**
 * A tensor of a bound layer.
 *
 * @param name in the definition: {@code weight}, {@code dx}
 * @param role what it is to the layer
 * @param view how equations see it
 * @param shape how users see it
 * @param integer whether it holds integers
 * @param range for integers, what they may be
 * @param start for parameters and buffers that nobody sets, what they are
 */
public record BoundTensor(
        String name,
        Role role,
        View view,
        Shape shape,
        boolean integer,
        Optional<Range> range,
        Optional<InitialValue> start) {

    /** What a tensor is to its layer. */
    public enum Role {
        INPUT,
        PARAM,
        BUFFER,
        OUTPUT,
        LOCAL,
        GRADIENT
    }

    /**
     * Integers from 0 to below {@code size}, or exactly {@code other}.
     *
     * @param any whether it may hold any others too
     */
    public record Range(long size, Optional<Long> other, boolean any) {
        public boolean contains(long value) {
            return any || (value >= 0 && value < size) || (other.isPresent() && other.get() == value);
        }
    }

    /** Ends the name of a tensor that an expanded one was made of. */
    static final String GIVEN = ".given";

    /** The declared input that it is, also if it is the one that an expanded tensor was made of. */
    public String input() {
        return name.endsWith(GIVEN) ? name.substring(0, name.length() - GIVEN.length()) : name;
    }

    /** Whether it holds something before the layer runs. */
    public boolean isGiven() {
        return role == Role.INPUT
                || role == Role.PARAM
                || role == Role.BUFFER
                || (role == Role.LOCAL && start.isPresent());
    }

    /** The number by which equations know it. */
    public int number() {
        return view.tensor();
    }
}
