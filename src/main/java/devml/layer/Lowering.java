package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Reach;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.Printer;
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
    private final GroupBlocks blocks;
    private final Set<Position> positions = new LinkedHashSet<>();
    private final List<Reach.Fact> facts = new ArrayList<>();
    private final Arithmetic arithmetic;

    private int depth;

    Lowering(Scope scope, Sizes sizes, Tensors tensors, Indices indices) {
        this.scope = scope;
        this.sizes = sizes;
        this.tensors = tensors;
        this.indices = indices;
        this.blocks = new GroupBlocks(scope, sizes);
        this.arithmetic = new Arithmetic(this);
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
        Value value = arithmetic.exactly(() -> number(e, part));
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
            case Expr.Compare compare ->
                indices.mixed(() -> new Term.Truth(new Comparisons(this).lower(compare, part)));
            case Expr.Call call -> new Functions(this).call(call, part);
            case Expr.Reduce reduce -> new Term.Numeric(new Reductions(this).lower(reduce, part));
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

    /** Lets an access to an absent tensor bring indices as any other does: what they sum is the same at all their points. */
    void nameIndices(Expr.Access absent) {
        for (Expr subscript : absent.subscripts()) {
            if (subscript instanceof Expr.Name name && hasNoMeaning(name)) {
                String text = scope.memberName(name.name());
                sizes.product(Scope.sizeOf(text)).ifPresent(extent -> indices.freeUnread(text, extent));
            }
        }
    }

    private boolean hasNoMeaning(Expr.Name name) {
        String text = scope.memberName(name.name());
        return indices.find(text).isEmpty()
                && scope.member(text).isEmpty()
                && sizes.extents(text).isEmpty()
                && blocks.of(name).isEmpty()
                && scope.shortName(name.name()).isEmpty()
                && scope.option(text).isEmpty();
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
            case ADD, SUBTRACT -> indices.mixed(() -> arithmetic.apply(e, part));
            case MULTIPLY, DIVIDE, FLOOR_DIVIDE, MODULO, POWER -> arithmetic.apply(e, part);
        };
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

    GroupBlocks blocks() {
        return blocks;
    }

    /** The indices in an expression. */
    static Set<Integer> slots(Value value) {
        Set<Integer> slots = new TreeSet<>();
        Uses.indices(value, slots::add);
        return slots;
    }
}
