package devml.fault;

import java.util.Optional;

/**
 * A mistake in what the user gave: a file, an option, an equation. It ends a command with exit code 2 and its message,
 * never with a stack trace.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    private Fault(Place place, String message, Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    /** Returns a mistake at a place in a text. */
    public static Fault at(Place place, String message) {
        return new Fault(place, message, null);
    }

    /**
     * Returns a mistake that no text shows: a missing file, a damaged array, a wrong argument. The message must name
     * it.
     */
    public static Fault of(String message) {
        return new Fault(null, message, null);
    }

    /** Returns a mistake like {@link #of(String)}, with the exception that the system reported as its cause. */
    public static Fault of(String message, Throwable cause) {
        return new Fault(null, message, cause);
    }

    /**
     * Returns this mistake as one found while reading what is at {@code outer}; it keeps its own place if it has one.
     */
    public Fault within(Place outer) {
        return place == null ? new Fault(outer, getMessage(), getCause()) : this;
    }

    /**
     * Returns this mistake as it appears to a user who knows only another text: at a place there.
     *
     * @param what what that place is, such as "conv1, a conv2d"
     */
    public Fault seenFrom(Place outer, String what) {
        return new Fault(outer, what + ": " + getMessage(), getCause());
    }

    /** The place of the mistake, if it is in a text. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** Returns the whole message: {@code file:line:column: error: message}, the source line, and a caret. */
    public String render() {
        return place == null
                ? "error: " + getMessage()
                : place + ": error: " + getMessage() + System.lineSeparator() + place.excerpt();
    }
}
