package devml.fault;

import java.util.Optional;

/**
 * A mistake in what the user gave: a file, an option, an equation. Ends a command with exit code 2 and this message,
 * never with a stack trace.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    private Fault(Place place, String message, Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    /** A mistake at a place in a text. */
    public static Fault at(Place place, String message) {
        return new Fault(place, message, null);
    }

    /** A mistake that no text shows: a missing file, a damaged array, a wrong argument. The message names the thing. */
    public static Fault of(String message) {
        return new Fault(null, message, null);
    }

    /** As {@link #of(String)}, caused by what the system reported. */
    public static Fault of(String message, Throwable cause) {
        return new Fault(null, message, cause);
    }

    /** This mistake, found while reading what stands at {@code outer}: keeps its own place if it has one. */
    public Fault within(Place outer) {
        return place == null ? new Fault(outer, getMessage(), getCause()) : this;
    }

    /**
     * This mistake as somebody sees it who knows another text alone: at a place there, after what that place is.
     *
     * @param what as messages call it, such as "conv1, a conv2d"
     */
    public Fault seenFrom(Place outer, String what) {
        return new Fault(outer, what + ": " + getMessage(), getCause());
    }

    /** Where it stands, if in a text. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** The whole message: {@code file:line:column: error: message}, the source line, a caret. */
    public String render() {
        return place == null
                ? "error: " + getMessage()
                : place + ": error: " + getMessage() + System.lineSeparator() + place.excerpt();
    }
}
