package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Place;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.Relation;
import java.util.Optional;

/**
 * Lowers comparisons, for {@link Lowering}: of numbers, and of the words that options may be. A comparison of words is
 * decided at once.
 */
final class Comparisons {
    private final Lowering lowering;

    Comparisons(Lowering lowering) {
        this.lowering = lowering;
    }

    Cond lower(Expr.Compare e, Part part) {
        Cond all = Cond.TRUE;
        for (int i = 0; i < e.relations().size(); i++) {
            Relation relation = e.relations().get(i);
            all = Cond.and(
                    all,
                    compare(
                            relation,
                            operand(e.operands().get(i), part),
                            operand(e.operands().get(i + 1), part),
                            e.place()));
        }
        return all;
    }

    /**
     * Lowers an operand. An option that is a row of another length than is wanted becomes a word of its own, which
     * equals no other.
     */
    private Term operand(Expr e, Part part) {
        Optional<OptionValue> row = e instanceof Expr.Name name
                        && lowering.scope().shortName(name.name()).isEmpty()
                        && lowering.sizes().extents(name.name()).isEmpty()
                ? lowering.scope()
                        .option(name.name())
                        .filter(option -> option.isList()
                                && option.items().size() != 1
                                && option.items().size() != part.count())
                : Optional.empty();
        return row.<Term>map(option -> new Term.Word(option.toString())).orElseGet(() -> lowering.lower(e, part));
    }

    private static Cond compare(Relation relation, Term left, Term right, Place place) {
        if (left instanceof Term.Word || right instanceof Term.Word) {
            Term other = left instanceof Term.Word ? right : left;
            if (other instanceof Term.Numeric(Value value) && !isKnown(value)) {
                throw Fault.at(place, "an index or an element of a tensor is a number, and never equal to a word");
            }
            return switch (relation) {
                case EQUAL -> new Cond.Constant(left.equals(right));
                case NOT_EQUAL -> new Cond.Constant(!left.equals(right));
                case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                    throw Fault.at(place, "words are equal or not; none is less than another");
            };
        }
        return Reals.compare(relation, asNumber(left), asNumber(right));
    }

    private static boolean isKnown(Value value) {
        return value instanceof Int.Constant || value instanceof Real.Constant || value instanceof Real.Precise;
    }

    private static Value asNumber(Term term) {
        return switch (term) {
            case Term.Numeric(Value value) -> value;
            case Term.Truth(Cond.Constant(boolean holds)) -> Ints.constant(holds ? 1 : 0);
            case Term.Truth(Cond condition) -> new Int.Select(condition, Ints.constant(1), Ints.constant(0));
            case Term.Word _ -> throw new IllegalStateException("words were compared before");
        };
    }
}
