package devml.notation;

import devml.fault.Place;

/**
 * The position of a piece of syntax. All spans are equal to each other, so that two trees are equal when they say the
 * same, wherever they stand.
 */
public final class Span {
    private final Place place;

    private Span(Place place) {
        this.place = place;
    }

    public static Span of(Place place) {
        return new Span(place);
    }

    public Place place() {
        return place;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "";
    }
}
