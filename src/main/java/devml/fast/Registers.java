package devml.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Registers that come into being when they are first used. */
final class Registers<T> {
    private final List<T> made = new ArrayList<>();
    private final Supplier<T> maker;

    Registers(Supplier<T> maker) {
        this.maker = maker;
    }

    T get(int number) {
        while (made.size() <= number) {
            made.add(maker.get());
        }
        return made.get(number);
    }
}
