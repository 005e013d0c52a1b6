package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.layer.Scope.Part;
import devml.notation.Abbreviation;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Requirement;
import devml.notation.Subexpressions;
import devml.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The functions of the notation. */
final class Functions {
    static final List<String> NAMES = List.of(
            "where",
            "exp",
            "log",
            "log1p",
            "expm1",
            "sqrt",
            "abs",
            "sign",
            "sin",
            "cos",
            "tanh",
            "erf",
            "sigmoid",
            "softplus",
            "floor",
            "min",
            "max",
            "clamp",
            "wrap",
            "item",
            "len",
            "rank",
            "kind",
            "extent",
            "has",
            "stop",
            "straight");

    private final Lowering lowering;

    Functions(Lowering lowering) {
        this.lowering = lowering;
    }

    Term call(Expr.Call call, Part part) {
        check(call);
        return switch (call.function()) {
            case "where" -> where(call, part);
            case "min" -> extreme(call, part, Int.Op.MIN);
            case "max" -> extreme(call, part, Int.Op.MAX);
            case "clamp" ->
                mixed(() -> {
                    Value value = argument(call, 0, part);
                    Value low = argument(call, 1, part);
                    Value high = argument(call, 2, part);
                    Value clamped = combine(Int.Op.MIN, combine(Int.Op.MAX, value, low), high);
                    return clamped instanceof Real real && value instanceof Real inside
                            ? through(real, inside, low, high)
                            : clamped;
                });
            case "wrap" -> new Term.Numeric(wrap(call, part));
            case "item" -> row(call).get(position(call, part));
            case "len" -> new Term.Numeric(Ints.constant(length(call)));
            case "has" -> new Term.Truth(new Cond.Constant(has(call, part)));
            case "extent" -> new Term.Numeric(Ints.constant(extent(call, part)));
            case "rank" -> new Term.Numeric(Ints.constant(rank(call)));
            case "kind" -> new Term.Word(kind(call));
            case "stop" ->
                new Term.Numeric(
                        switch (argument(call, 0, part)) {
                            case Int i -> i;
                            case Real r -> new Real.Detached(r, new Real.Constant(0));
                        });
            case "straight" ->
                mixed(() -> {
                    Value value = argument(call, 1, part);
                    // The gradient of real numbers goes on through integers and comparisons too, which so become real.
                    return argument(call, 0, part) instanceof Real carrier
                            ? new Real.Detached(Reals.of(value), carrier)
                            : value;
                });
            case "abs" ->
                new Term.Numeric(
                        switch (argument(call, 0, part)) {
                            case Int i -> combine(Int.Op.MAX, i, Ints.subtract(Ints.constant(0), i));
                            case Real r -> Reals.apply(Real.Function.ABS, r);
                        });
            case "exp" -> unary(Real.Function.EXP, call, part);
            case "log" -> unary(Real.Function.LOG, call, part);
            case "log1p" -> unary(Real.Function.LOG1P, call, part);
            case "expm1" -> unary(Real.Function.EXPM1, call, part);
            case "sqrt" -> unary(Real.Function.SQRT, call, part);
            case "sign" -> unary(Real.Function.SIGN, call, part);
            case "sin" -> unary(Real.Function.SIN, call, part);
            case "cos" -> unary(Real.Function.COS, call, part);
            case "tanh" -> unary(Real.Function.TANH, call, part);
            case "erf" -> unary(Real.Function.ERF, call, part);
            case "sigmoid" -> unary(Real.Function.SIGMOID, call, part);
            case "softplus" -> unary(Real.Function.SOFTPLUS, call, part);
            case "floor" -> new Term.Numeric(floor(argument(call, 0, part)));
            default -> throw new IllegalStateException(call.function());
        };
    }

    /** Lazy: where options decide the condition, the other branch is not even looked at. */
    private Term where(Expr.Call call, Part part) {
        Cond condition =
                lowering.indices().mixed(() -> lowering.truth(call.arguments().getFirst(), part));
        if (condition instanceof Cond.Constant(boolean holds)) {
            return lowering.lower(call.arguments().get(holds ? 1 : 2), part);
        }
        return mixed(() -> {
            Value yes = lowering.given(condition, () -> argument(call, 1, part));
            Value no = lowering.given(Cond.not(condition), () -> argument(call, 2, part));
            return yes instanceof Int a && no instanceof Int b
                    ? new Int.Select(condition, a, b)
                    : new Real.Select(condition, Reals.of(yes), Reals.of(no));
        });
    }

    private Term extreme(Expr.Call call, Part part, Int.Op op) {
        return mixed(() -> {
            Value result = argument(call, 0, part);
            for (int i = 1; i < call.arguments().size(); i++) {
                result = combine(op, result, argument(call, i, part));
            }
            return result;
        });
    }

    private static Value combine(Int.Op op, Value left, Value right) {
        return left instanceof Int a && right instanceof Int b
                ? Ints.apply(op, a, b)
                : Reals.binary(op == Int.Op.MIN ? Real.Op.MIN : Real.Op.MAX, Reals.of(left), Reals.of(right));
    }

    /** A value that is clamped, whose derivative is that of what it lies between, the bounds included. */
    private static Real through(Real clamped, Real value, Value low, Value high) {
        Cond isInside = Cond.and(
                Reals.compare(Cond.Relation.LESS_EQUAL, low, value),
                Reals.compare(Cond.Relation.LESS_EQUAL, value, high));
        Cond isBelow = Cond.and(
                Reals.compare(Cond.Relation.LESS, value, low), Reals.compare(Cond.Relation.LESS_EQUAL, low, high));
        Real bound = new Real.Select(isBelow, Reals.of(low), Reals.of(high));
        return new Real.Detached(clamped, new Real.Select(isInside, value, bound));
    }

    private Term unary(Real.Function function, Expr.Call call, Part part) {
        return new Term.Numeric(Reals.apply(function, Reals.of(argument(call, 0, part))));
    }

    /** An integer where options and sizes decide it. */
    private static Value floor(Value value) {
        return switch (value) {
            case Int whole -> whole;
            case Real.Constant(double real)
            when Math.abs(real) < Long.MAX_VALUE -> Ints.constant((long) Math.floor(real));
            case Real.Precise precise
            when Math.abs(precise.nearest()) < Long.MAX_VALUE -> Ints.constant((long) Math.floor(precise.nearest()));
            case Real real -> Reals.apply(Real.Function.FLOOR, real);
        };
    }

    /** {@code wrap(mode, u, H)}: where a padded dimension's position u comes from, as PyTorch's padding modes have it. */
    private Int wrap(Expr.Call call, Part part) {
        Int u = lowering.integer(call.arguments().get(1), part);
        Int extent = lowering.integer(call.arguments().get(2), part);
        Int last = Ints.subtract(extent, Ints.constant(1));
        if (!(lowering.lower(call.arguments().getFirst(), part) instanceof Term.Word(String mode))) {
            throw Fault.at(
                    call.arguments().getFirst().place(), "wrap takes a mode: zeros, reflect, replicate or circular");
        }
        return switch (mode) {
            case "zeros" -> u;
            case "replicate" -> Ints.apply(Int.Op.MIN, Ints.apply(Int.Op.MAX, u, Ints.constant(0)), last);
            case "circular" -> Ints.apply(Int.Op.MODULO, u, extent);
            case "reflect" -> {
                // A triangle wave whose period is twice the distance between the ends, which are not repeated.
                Int period = Ints.apply(Int.Op.MAX, Ints.multiply(Ints.constant(2), last), Ints.constant(1));
                Int phase = Ints.apply(Int.Op.MODULO, u, period);
                yield Ints.apply(
                        Int.Op.MIN, phase, Ints.apply(Int.Op.MAX, Ints.subtract(period, phase), Ints.constant(0)));
            }
            default ->
                throw Fault.at(
                        call.arguments().getFirst().place(),
                        "there is no padding mode '" + mode + "'"
                                + Nearest.hint(mode, List.of("zeros", "reflect", "replicate", "circular")));
        };
    }

    /** The row of which a function tells something. */
    private List<Term> row(Expr.Call call) {
        return new Rows(lowering).of(call.arguments().getFirst());
    }

    /** How many items a row has; 0 if it is an option that is a word, and 1 if it is a number. */
    private int length(Expr.Call call) {
        List<Term> row = row(call);
        boolean isWord =
                option(call).filter(option -> !option.isList()).isPresent() && row.getFirst() instanceof Term.Word;
        return isWord ? 0 : row.size();
    }

    /** The option of which a function tells something, if it is one. */
    private Optional<OptionValue> option(Expr.Call call) {
        return call.arguments().getFirst() instanceof Expr.Name name
                ? lowering.scope().option(name.name())
                : Optional.empty();
    }

    /** Whether an integer is among the items of a row. */
    private boolean has(Expr.Call call, Part part) {
        Expr second = call.arguments().get(1);
        if (lowering.integer(second, part) instanceof Int.Constant(long value)) {
            return row(call).contains(new Term.Numeric(Ints.constant(value)));
        }
        throw Fault.at(second.place(), Printer.print(second) + " is not what options and shapes determine");
    }

    /** The extent of a dimension of an input, which counts from the end if it is negative. */
    private int extent(Expr.Call call, Part part) {
        Expr of = call.arguments().getFirst();
        Expr axis = call.arguments().get(1);
        Shape shape = lowering.scope()
                .shape(of instanceof Expr.Name bare ? lowering.scope().memberName(bare.name()) : "")
                .orElseThrow(() -> Fault.at(of.place(), "extent takes an input"));
        int rank = Math.max(shape.rank(), 1); // 0 and -1 name the dimension that a scalar does not have
        if (lowering.integer(axis, part) instanceof Int.Constant(long i) && -rank <= i && i < rank) {
            int extent = shape.rank() == 0 ? 1 : shape.dim((int) (i < 0 ? i + rank : i));
            lowering.sizes().meet(List.of(extent));
            return extent;
        }
        throw Fault.at(
                axis.place(),
                "%s has no dimension %s: its shape is %s".formatted(Printer.print(of), Printer.print(axis), shape));
    }

    private int position(Expr.Call call, Part part) {
        Expr second = call.arguments().get(1);
        int count = row(call).size();
        if (lowering.integer(second, part) instanceof Int.Constant(long item) && 0 <= item && item < count) {
            return (int) item;
        }
        throw Fault.at(
                second.place(),
                "%s has no item %s: there are %d, counted from 0"
                        .formatted(Printer.print(call.arguments().getFirst()), Printer.print(second), count));
    }

    /**
     * How many dimensions an input has, or a size stands for: those of a group, or whether one is there; of an option 1 for
     * a row, and 0 for a number or a word.
     */
    private int rank(Expr.Call call) {
        Optional<OptionValue> option = option(call);
        if (option.isPresent()) {
            return option.get().isList() ? 1 : 0;
        }
        Expr of = call.arguments().getFirst();
        String name = of instanceof Expr.Name bare ? lowering.scope().memberName(bare.name()) : "";
        return lowering.scope()
                .shape(name)
                .map(Shape::rank)
                .or(() -> lowering.sizes().extents(name).map(List::size))
                .orElseThrow(() -> Fault.at(of.place(), "rank takes an input, an option or a size that inputs bind"));
    }

    /** What the numbers of an input are: {@code boolean}, {@code integer} or {@code real}; {@code none} without it. */
    private String kind(Expr.Call call) {
        Expr of = call.arguments().getFirst();
        String name = of instanceof Expr.Name bare ? lowering.scope().memberName(bare.name()) : "";
        Scope scope = lowering.scope();
        if (scope.definition().inputs().stream().noneMatch(input -> input.name().equals(name))) {
            throw Fault.at(of.place(), "kind takes an input");
        }
        return scope.kind(name)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .orElse("none");
    }

    private Value argument(Expr.Call call, int i, Part part) {
        return lowering.number(call.arguments().get(i), part);
    }

    private Term mixed(Supplier<Value> work) {
        return new Term.Numeric(lowering.indices().mixed(work));
    }

    /**
     * Checks the calls in the formulas of a definition, before anything is derived from them.
     *
     * @throws Fault at one of a function that there is not, or with too few or too many arguments
     */
    static void check(List<Abbreviation> where, List<Requirement> require, List<Equation> equations) {
        Consumer<Expr> check = part -> {
            if (part instanceof Expr.Call call) {
                check(call);
            }
        };
        where.forEach(line -> Subexpressions.walk(line.value(), check));
        require.forEach(line -> Subexpressions.walk(line.condition(), check));
        equations.forEach(equation -> Subexpressions.walk(equation, check));
    }

    private static void check(Expr.Call call) {
        if (!NAMES.contains(call.function())) {
            throw Fault.at(
                    call.place(),
                    "there is no function '" + call.function() + "'" + Nearest.hint(call.function(), NAMES));
        }
        int found = call.arguments().size();
        switch (call.function()) {
            case "where", "clamp", "wrap" -> require(call, found == 3, "takes 3 values");
            case "item", "has", "extent", "straight" -> require(call, found == 2, "takes 2 values");
            case "min", "max" -> {
                if (found < 2) {
                    throw Fault.at(
                            call.place(),
                            "%s takes two values or more; over an index it is %s(i: …)"
                                    .formatted(call.function(), call.function()));
                }
            }
            default -> require(call, found == 1, "takes 1 value");
        }
    }

    private static void require(Expr.Call call, boolean holds, String takes) {
        if (!holds) {
            throw Fault.at(
                    call.place(),
                    "%s %s, found %d in %s"
                            .formatted(call.function(), takes, call.arguments().size(), Printer.print(call)));
        }
    }
}
