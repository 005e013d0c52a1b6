package devml.layer;

import devml.equation.Cond;
import devml.equation.Value;

/** What an expression of a definition comes to once sizes and options are known. */
sealed interface Term {

    record Numeric(Value value) implements Term {}

    record Truth(Cond condition) implements Term {}

    /** The value of an option that is a word: {@code same}, {@code none}. */
    record Word(String text) implements Term {}
}
