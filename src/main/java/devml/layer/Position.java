package devml.layer;

import devml.equation.Interval;

/**
 * A position that an equation uses, and how far it reaches.
 *
 * @param name the short name: {@code h}
 * @param reach the values that it takes
 * @param extent of the dimension; values outside of 0 to below it are dropped
 */
public record Position(String name, Interval reach, int extent) {

    /** {@code h: -1…7 of 0…6}. */
    @Override
    public String toString() {
        return "%s: %s of 0…%d".formatted(name, reach, extent - 1);
    }
}
