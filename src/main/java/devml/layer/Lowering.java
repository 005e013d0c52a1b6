package devml.layer;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Ints;
import devml.equation.Reach;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.Scope.Part;
import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Reduction;
import devml.notation.Relation;
import devml.notation.UnaryOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Turns the expressions of one equation into the intermediate representation: names into numbers, short names into what
 * they stand for, positions into guards. Checks on the way that every access stays inside its tensor.
 */
final class Lowering {
    /** Short names included; deeper ones would exhaust the stack of whoever walks the result. */
    private static final int MAX_DEPTH = 250;

    private final Scope scope;
    private final Sizes sizes;
    private final Tensors tensors;
    private final Indices indices;
    private final Blocks blocks;
    private final Set<Position> positions = new LinkedHashSet<>();
    private final List<Reach.Fact> facts = new ArrayList<>();

    /** In the formula of a size, {@code /} is the exact quotient of integers. */
    private boolean exact;

    private int depth;

    Lowering(Scope scope, Sizes sizes, Tensors tensors, Indices indices) {
        this.scope = scope;
        this.sizes = sizes;
        this.tensors = tensors;
        this.indices = indices;
        this.blocks = new Blocks(scope, sizes);
    }

    // What callers want of an expression

    Value value(Expr e) {
        return number(e, Part.WHOLE);
    }

    Cond condition(Expr e) {
        return truth(e, Part.WHOLE);
    }

    /** Lets conditions that hold from here on help to show that subscripts stay inside. */
    void assume(Cond condition) {
        facts.addAll(Reach.facts(condition));
    }

    /** The value of a formula of options and sizes that must come to an integer. */
    long size(Expr e, Part part) {
        boolean before = exact;
        exact = true;
        Value value = number(e, part);
        exact = before;
        if (value instanceof Int.Constant(long constant)) {
            return constant;
        }
        throw Fault.at(e.place(), Printer.print(e) + " is not an integer that options and sizes determine");
    }

    Int integer(Expr e, Part part) {
        return switch (number(e, part)) {
            case Int i -> i;
            case Real _ ->
                throw Fault.at(
                        e.place(),
                        Printer.print(e) + " is a real number where an integer is needed; " + "'//' divides integers");
        };
    }

    Value number(Expr e, Part part) {
        return switch (lower(e, part)) {
            case Term.Numeric(Value value) -> value;
            case Term.Truth(Cond.Constant(boolean holds)) -> Ints.constant(holds ? 1 : 0);
            case Term.Truth(Cond condition) -> new Int.Select(condition, Ints.constant(1), Ints.constant(0));
            case Term.Word(String word) ->
                throw Fault.at(e.place(), "'" + word + "' is a word where a number is needed");
        };
    }

    Cond truth(Expr e, Part part) {
        return switch (lower(e, part)) {
            case Term.Truth(Cond condition) -> condition;
            case Term.Numeric(Int i) -> Cond.not(Ints.compare(Cond.Relation.EQUAL, i, Ints.constant(0)));
            case Term.Numeric(Real r) -> Reals.compare(Cond.Relation.NOT_EQUAL, r, new Real.Constant(0));
            case Term.Word(String word) ->
                throw Fault.at(e.place(), "'" + word + "' is a word where a condition is needed");
        };
    }

    // The expression, node by node

    Term lower(Expr e, Part part) {
        if (++depth > MAX_DEPTH) {
            throw Fault.at(e.place(), "the expression is too long: more than " + MAX_DEPTH + " operations in a row");
        }
        Term term = node(e, part);
        depth--;
        return term;
    }

    private Term node(Expr e, Part part) {
        return switch (e) {
            case Expr.Whole whole -> new Term.Numeric(Ints.constant(whole.value()));
            case Expr.Decimal decimal -> new Term.Numeric(new Real.Constant(decimal.value()));
            case Expr.Word word -> new Term.Word(word.value());
            case Expr.Name name -> name(name, part);
            case Expr.Access access -> new Term.Numeric(new Accesses(this).read(access));
            case Expr.OrElse orElse -> new Term.Numeric(new Accesses(this).readOrElse(orElse));
            case Expr.Unary unary -> unary(unary, part);
            case Expr.Binary binary -> binary(binary, part);
            case Expr.Compare compare -> indices.mixed(() -> new Term.Truth(compare(compare, part)));
            case Expr.Call call -> new Functions(this).call(call, part);
            case Expr.Reduce reduce -> new Term.Numeric(reduce(reduce, part));
            case Expr.Tuple tuple -> {
                if (tuple.items().size() != part.count()) {
                    throw Fault.at(
                            tuple.place(),
                            "a row of %d values where %s needed"
                                    .formatted(
                                            tuple.items().size(),
                                            part.count() == 1 ? "one is" : part.count() + " are"));
                }
                yield lower(tuple.items().get(part.item()), Part.WHOLE);
            }
        };
    }

    private Term name(Expr.Name name, Part part) {
        String text = scope.memberName(name.name());
        Optional<Int> index = indices.find(text);
        if (index.isPresent()) {
            return new Term.Numeric(index.get());
        }
        Optional<Integer> member = scope.member(text);
        if (member.isPresent()) {
            return new Term.Numeric(Ints.constant(member.get()));
        }
        Optional<List<Integer>> extents = sizes.extents(text);
        if (extents.isPresent()) {
            return new Term.Numeric(Ints.constant(sizes.product(text).orElseThrow()));
        }
        List<Expr.Name> parts = blocks.of(name);
        if (!parts.isEmpty()) {
            return new Term.Numeric(rowMajor(parts));
        }
        Optional<Scope.ShortName> shortName = scope.shortName(name.name());
        if (shortName.isPresent()) {
            return expand(name, shortName.get(), part);
        }
        Optional<OptionValue> option = scope.option(text);
        if (option.isPresent()) {
            return option(name, option.get(), part);
        }
        return switch (text) {
            case "inf" -> new Term.Numeric(new Real.Constant(Double.POSITIVE_INFINITY));
            case "pi" -> new Term.Numeric(Constants.pi());
            case "true" -> new Term.Truth(Cond.TRUE);
            case "false" -> new Term.Truth(Cond.FALSE);
            case "training" -> new Term.Truth(new Cond.Constant(scope.training()));
            case "none" -> new Term.Word("none");
            default -> new Term.Numeric(freeIndex(name, text));
        };
    }

    /** The index of a group as a value: its blocks count through it like the digits of a number. */
    private Int rowMajor(List<Expr.Name> parts) {
        Int value = Ints.constant(0);
        for (Expr.Name part : parts) {
            int extent = sizes.product(Scope.sizeOf(part.name())).orElseThrow();
            value = Ints.add(Ints.multiply(value, Ints.constant(extent)), integer(part, Part.WHOLE));
        }
        return value;
    }

    private Term expand(Expr.Name name, Scope.ShortName shortName, Part part) {
        Part wanted = shortName.line().names().size() > 1 ? shortName.part() : part;
        Expr value = shortName.line().value();
        return scope.expand(
                name,
                () -> Sizes.isSize(name.name())
                        ? new Term.Numeric(Ints.constant(size(value, wanted)))
                        : lower(value, wanted));
    }

    private static Term option(Expr.Name name, OptionValue option, Part part) {
        int count = option.items().size();
        if (part.count() == 1 && count == 1) {
            return option.items().getFirst();
        }
        if (option.isList() && count == part.count()) {
            return option.items().get(part.item());
        }
        if (!option.isList()) {
            return option.items().getFirst();
        }
        throw Fault.at(
                name.place(), "option '%s' has %d values where %d needed".formatted(name.name(), count, part.count()));
    }

    private Int freeIndex(Expr.Name name, String text) {
        String size = Scope.sizeOf(text);
        Optional<Integer> extent = sizes.product(size);
        if (extent.isEmpty()) {
            List<String> known = new ArrayList<>(scope.options().keySet());
            scope.shortNames().forEach(known::add);
            throw Fault.at(
                    name.place(),
                    "'" + name.name() + "' is no index, size, option or short name here" + sizes.describe()
                            + Nearest.hint(name.name(), known));
        }
        return indices.free(text, extent.get(), name.place());
    }

    private Term unary(Expr.Unary unary, Part part) {
        if (unary.op() == UnaryOp.NOT) {
            return indices.mixed(() -> new Term.Truth(Cond.not(truth(unary.operand(), part))));
        }
        return new Term.Numeric(
                switch (number(unary.operand(), part)) {
                    case Int i -> Ints.subtract(Ints.constant(0), i);
                    case Real r -> Reals.apply(Real.Function.NEGATE, r);
                });
    }

    private Term binary(Expr.Binary e, Part part) {
        return switch (e.op()) {
            case AND ->
                indices.mixed(() -> {
                    Cond left = truth(e.left(), part);
                    return new Term.Truth(
                            left.equals(Cond.FALSE) ? left : Cond.and(left, given(left, () -> truth(e.right(), part))));
                });
            case OR ->
                indices.mixed(() -> {
                    Cond left = truth(e.left(), part);
                    return new Term.Truth(left.equals(Cond.TRUE) ? left : Cond.or(left, truth(e.right(), part)));
                });
            case ADD, SUBTRACT -> indices.mixed(() -> arithmetic(e, part));
            case MULTIPLY, DIVIDE, FLOOR_DIVIDE, MODULO, POWER -> arithmetic(e, part);
        };
    }

    private Term arithmetic(Expr.Binary e, Part part) {
        Value left = number(e.left(), part);
        Value right = number(e.right(), part);
        try {
            return new Term.Numeric(
                    left instanceof Int a && right instanceof Int b
                            ? integers(e, a, b)
                            : Reals.apply(e.op(), Reals.of(left), Reals.of(right)));
        } catch (ArithmeticException overflowOrZero) {
            throw Fault.at(
                    e.place(),
                    Printer.print(e) + " cannot be worked out" + sizes.describe() + ": "
                            + Integers.reason(overflowOrZero));
        }
    }

    private Value integers(Expr.Binary e, Int a, Int b) {
        return switch (e.op()) {
            case ADD -> Ints.add(a, b);
            case SUBTRACT -> Ints.subtract(a, b);
            case MULTIPLY -> Ints.multiply(a, b);
            case FLOOR_DIVIDE -> Ints.apply(Int.Op.FLOOR_DIVIDE, a, b);
            case MODULO -> Ints.apply(Int.Op.MODULO, a, b);
            case DIVIDE -> exact ? quotient(e, a, b) : Reals.apply(e.op(), Reals.of(a), Reals.of(b));
            case POWER -> power(a, b);
            case AND, OR -> throw new IllegalStateException("a condition is no number");
        };
    }

    private static Value power(Int base, Int exponent) {
        if (!(exponent instanceof Int.Constant(long n)) || n < 0 || n > Long.SIZE) {
            return Reals.apply(BinaryOp.POWER, Reals.of(base), Reals.of(exponent));
        }
        Int result = Ints.constant(1);
        for (long i = 0; i < n; i++) {
            result = Ints.multiply(result, base);
        }
        return result;
    }

    /** In sizes, a quotient that is not whole means options that do not fit. */
    private Value quotient(Expr.Binary e, Int a, Int b) {
        if (a instanceof Int.Constant(long dividend) && b instanceof Int.Constant(long divisor)) {
            if (divisor != 0 && dividend % divisor == 0) {
                return Ints.constant(dividend / divisor);
            }
            throw Fault.at(
                    e.place(),
                    "%s is %d / %d, which is not a whole number%s"
                            .formatted(Printer.print(e), dividend, divisor, sizes.describe()));
        }
        return Reals.apply(e.op(), Reals.of(a), Reals.of(b));
    }

    private Cond compare(Expr.Compare e, Part part) {
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

    /** What is compared; a row of more or fewer items than are wanted is a word of its own, which equals no other. */
    private Term operand(Expr e, Part part) {
        Optional<OptionValue> row = e instanceof Expr.Name name
                        && scope.shortName(name.name()).isEmpty()
                        && sizes.extents(name.name()).isEmpty()
                ? scope.option(name.name())
                        .filter(option -> option.isList()
                                && option.items().size() != 1
                                && option.items().size() != part.count())
                : Optional.empty();
        return row.<Term>map(option -> new Term.Word(option.toString())).orElseGet(() -> lower(e, part));
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

    // Reductions

    private Value reduce(Expr.Reduce e, Part part) {
        Optional<Integer> members =
                e.indices().size() == 1 ? scope.family(e.indices().getFirst().name()) : Optional.empty();
        if (members.isPresent()) {
            return unroll(e, e.indices().getFirst().name(), members.get(), part);
        }
        if (e.reduction() == Reduction.ROW) {
            throw Fault.at(e.place(), "a row is no number; item(row, i) takes one out of it");
        }
        List<Integer> slots = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        List<Expr.Name> named = blocks.indices(e.indices());
        for (Expr.Name index : named) {
            String text = scope.memberName(index.name());
            int extent = sizes.product(Scope.sizeOf(text))
                    .orElseThrow(() -> Fault.at(
                            index.place(), "'" + index.name() + "' is the index of no size here" + sizes.describe()));
            slots.add(indices.bind(text, extent, index.place()));
            extents.add(extent);
        }
        Indices.Frame frame = indices.open(slots);
        Cond guard = e.guard().isPresent() ? condition(e.guard().get()) : Cond.TRUE;
        Value result = given(guard, () -> finish(e, part, slots, extents, frame, guard));
        indices.close(named.stream().map(i -> scope.memberName(i.name())).toList());
        return result;
    }

    private Value finish(
            Expr.Reduce e, Part part, List<Integer> slots, List<Integer> extents, Indices.Frame frame, Cond guard) {
        if (e.reduction() == Reduction.COUNT) {
            Cond body = truth(e.body(), part);
            return new Int.Count(new Box(slots, extents, Cond.and(frame.edges(), Cond.and(guard, body))));
        }
        Value body = number(e.body(), part);
        Box box = new Box(slots, extents, Cond.and(frame.edges(), guard));
        return switch (e.reduction()) {
            case SUM -> fold(Real.Fold.SUM, box, body);
            case PROD -> fold(Real.Fold.PRODUCT, box, body);
            case MAX -> fold(Real.Fold.MAX, box, body);
            case MIN -> fold(Real.Fold.MIN, box, body);
            case LOGSUMEXP -> new Real.Reduce(Real.Fold.LOG_SUM_EXP, box, Reals.of(body));
            case ARGMAX -> new Int.ArgReduce(true, box, Reals.of(body));
            case ARGMIN -> new Int.ArgReduce(false, box, Reals.of(body));
            case MEAN ->
                new Real.Binary(
                        Real.Op.DIVIDE,
                        new Real.Reduce(Real.Fold.SUM, box, Reals.of(body)),
                        new Real.FromInt(new Int.Count(box)));
            case COUNT, ROW -> throw new IllegalStateException("counted or refused before");
        };
    }

    private static Value fold(Real.Fold fold, Box box, Value body) {
        return switch (body) {
            case Int i -> new Int.Reduce(fold, box, i);
            case Real r -> new Real.Reduce(fold, box, r);
        };
    }

    /** A reduction over the members of a family is written out, member by member. */
    private Value unroll(Expr.Reduce e, String index, int members, Part part) {
        BinaryOp op = switch (e.reduction()) {
            case SUM -> BinaryOp.ADD;
            case PROD -> BinaryOp.MULTIPLY;
            case MAX, MIN, MEAN, ARGMAX, ARGMIN, COUNT, LOGSUMEXP, ROW ->
                throw Fault.at(e.place(), "over the members of a family only sum and prod are possible");
        };
        Value result = Ints.constant(op == BinaryOp.ADD ? 0 : 1);
        for (int member = 0; member < members; member++) {
            Value before = result;
            result = scope.withMember(index, member, () -> {
                boolean takesPart =
                        e.guard().isEmpty() || condition(e.guard().get()).equals(Cond.TRUE);
                return takesPart ? combine(op, before, number(e.body(), part)) : before;
            });
        }
        return result;
    }

    private static Value combine(BinaryOp op, Value left, Value right) {
        if (left instanceof Int a && right instanceof Int b) {
            return op == BinaryOp.ADD ? Ints.add(a, b) : Ints.multiply(a, b);
        }
        return Reals.apply(op, Reals.of(left), Reals.of(right));
    }

    /** Works something out where a condition holds. */
    <T> T given(Cond condition, Supplier<T> work) {
        List<Reach.Fact> before = List.copyOf(facts);
        assume(condition);
        T result = work.get();
        facts.clear();
        facts.addAll(before);
        return result;
    }

    // For the parts of this class that live in files of their own

    Reach reach() {
        return new Reach(indices.extents(), facts);
    }

    /** The positions met so far. */
    Set<Position> positions() {
        return positions;
    }

    Scope scope() {
        return scope;
    }

    Sizes sizes() {
        return sizes;
    }

    Tensors tensors() {
        return tensors;
    }

    Indices indices() {
        return indices;
    }

    Blocks blocks() {
        return blocks;
    }

    /** The indices in an expression. */
    static Set<Integer> slots(Value value) {
        Set<Integer> slots = new TreeSet<>();
        Uses.indices(value, slots::add);
        return slots;
    }
}
