package devml.yaml;

import devml.fault.Fault;
import devml.fault.Place;
import java.math.BigInteger;
import java.util.List;

/**
 * A part of a YAML document. The {@code as…} methods read it as the type that is expected there; each throws a
 * {@link Fault} at this node's place that says what was found and what to write instead.
 */
public sealed interface Node {

    Place place();

    /** The style of a scalar: plain, in quotes of either kind, as a {@code |} block, or as a {@code >} block. */
    enum Style {
        PLAIN,
        QUOTED,
        BLOCK,
        FOLDED
    }

    /**
     * A text.
     *
     * @param text the text that YAML yields, whatever it looks like
     * @param style how it is written
     * @param place the scalar with its quotes; for a block, its content lines alone, with their indentation, so that a
     *     scanner of {@code place.text()} has offsets into the file
     */
    record Scalar(String text, Style style, Place place) implements Node {

        /** Whether there is no value: no character at all, or one of YAML's spellings of null. */
        public boolean isEmpty() {
            return style == Style.PLAIN
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        private boolean isBlock() {
            return style == Style.BLOCK || style == Style.FOLDED;
        }
    }

    /** A list, in flow style ({@code [a, b]}) or block style. */
    record Sequence(List<Node> items, Place place) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A mapping in the order of the file; each key occurs once. */
    record Mapping(List<Entry> entries, Place place) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /** One key with its value. */
    record Entry(String key, Place keyPlace, Node value) {

        /** Returns the value, which must exist. */
        public Node required() {
            if (value instanceof Scalar scalar && scalar.isEmpty()) {
                throw Fault.at(keyPlace, "'" + key + "' has no value");
            }
            return value;
        }
    }

    /** Returns the text, which must not be empty; quotes do not matter. */
    default String asText() {
        return Scalars.text(this, "a text");
    }

    /** A decimal integer of 32 bits. */
    default int asInt() {
        return Math.toIntExact(Scalars.integer(this, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A decimal integer of 64 bits. */
    default long asLong() {
        return Scalars.integer(this, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A decimal integer of any size. */
    default BigInteger asBigInteger() {
        return Scalars.bigInteger(this);
    }

    /** A finite number in decimal notation, such as {@code 1e-5}. */
    default double asDouble() {
        return Scalars.number(this, false);
    }

    /**
     * A number like {@link #asDouble}, or one of {@code inf}, {@code -inf}, {@code nan} (also {@code .inf} and so on).
     */
    default double asDoubleOrSpecial() {
        return Scalars.number(this, true);
    }

    /** {@code true} or {@code false}; other spellings are refused. */
    default boolean asBoolean() {
        return Scalars.truth(this);
    }

    /** The items of a list. */
    default List<Node> asList() {
        if (this instanceof Sequence sequence) {
            return sequence.items();
        }
        throw Fault.at(place(), "expected a list such as [1, 2] but found " + found());
    }

    /** This node as a mapping. */
    default Mapping asMapping() {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw Fault.at(place(), "expected a mapping such as {key: value} but found " + found());
    }

    /** Describes the node for a message: {@code 'text'}, {@code a list}, {@code a mapping}, {@code nothing}. */
    default String found() {
        return switch (this) {
            case Scalar scalar when scalar.isEmpty() -> "nothing";
            case Scalar scalar when scalar.isBlock() -> "a block of text";
            case Scalar scalar -> (scalar.style() == Style.QUOTED ? "the text '" : "'") + scalar.text() + "'";
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
        };
    }
}
