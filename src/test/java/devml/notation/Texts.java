package devml.notation;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fault.Fault;
import devml.fault.Place;
import devml.fault.Source;
import java.util.function.Function;

/** Texts as the tests of this package write them: in a source of their own. */
final class Texts {
    private Texts() {}

    static Place place(String text) {
        return new Source("test", text).place(0, text.length());
    }

    static Expr expression(String text) {
        return Parser.expression(place(text));
    }

    /** What a user sees when the text is read. */
    static String fault(Function<Place, ?> read, String text) {
        return catchThrowableOfType(Fault.class, () -> read.apply(place(text))).render();
    }
}
