package devml.derive;

import devml.derive.Polynomial.Atom;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Reduction;
import devml.notation.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Writes expressions in terms of inputs and parameters alone, in a normal form: local tensors and short names written
 * out, sums distributed over their terms, factors that do not depend on a sum's indices before it.
 */
final class Canonical {
    /** The height at which an index is bound: names the same sum by the same text wherever it stands. */
    private static final Pattern BOUND = Pattern.compile("@(\\d+)");

    private final DefinitionNames names;
    private final Map<String, Definition> definitions;
    private final List<Guard> assumptions;
    private final Map<Atom, Polynomial> logarithms = new HashMap<>();
    private int fresh;

    /**
     * What a tensor holds.
     *
     * @param indices those of the element to which the value belongs
     * @param value of that element
     */
    record Definition(List<String> indices, Expr value) {}

    Canonical(DefinitionNames names, Map<String, Definition> definitions, List<Guard> assumptions) {
        this.names = names;
        this.definitions = definitions;
        this.assumptions = assumptions;
    }

    Polynomial of(Expr e) {
        return switch (e) {
            case Expr.Whole _, Expr.Decimal _ ->
                Product.of(e).number().map(Polynomial::constant).orElseGet(() -> opaque(e));
            case Expr.Name name ->
                names.isShort(name.name()) ? names.meaning(name).map(this::of).orElseGet(() -> opaque(e)) : opaque(e);
            case Expr.Access access -> access(access);
            case Expr.Unary unary -> unary.op() == UnaryOp.NEGATE ? minus(of(unary.operand())) : opaque(e);
            case Expr.Binary binary -> binary(binary);
            case Expr.Call call -> call(call);
            case Expr.Reduce reduce -> reduce(reduce);
            case Expr.Compare _, Expr.OrElse _, Expr.Word _, Expr.Tuple _ -> opaque(e);
        };
    }

    private Polynomial opaque(Expr e) {
        return Polynomial.atom(Printer.print(e), names.indices(e));
    }

    private static Polynomial minus(Polynomial p) {
        return p.times(Polynomial.constant(BigFraction.of(-1)));
    }

    private Polynomial access(Expr.Access access) {
        Definition definition = definitions.get(access.tensor());
        if (definition == null) {
            return opaque(access);
        }
        Map<String, Expr> places = new HashMap<>();
        for (int i = 0; i < definition.indices().size(); i++) {
            places.put(definition.indices().get(i), access.subscripts().get(i));
        }
        Substitution substitution = new Substitution(names, places);
        return substitution.isPossible(definition.value())
                ? of(substitution.apply(definition.value()))
                : opaque(access);
    }

    private Polynomial binary(Expr.Binary e) {
        return switch (e.op()) {
            case ADD -> of(e.left()).plus(of(e.right()));
            case SUBTRACT -> of(e.left()).plus(minus(of(e.right())));
            case MULTIPLY -> of(e.left()).times(of(e.right()));
            case DIVIDE -> {
                Polynomial divisor = of(e.right());
                yield divisor.isZero() ? opaque(e) : of(e.left()).times(divisor.power(BigFraction.of(-1)));
            }
            case POWER -> {
                Polynomial base = of(e.left());
                Optional<BigFraction> exponent = Product.of(e.right()).number();
                yield exponent.isEmpty() || (base.isZero() && exponent.get().signum() < 0)
                        ? function("^", List.of(base, of(e.right())))
                        : base.power(exponent.get());
            }
            case FLOOR_DIVIDE, MODULO, AND, OR -> opaque(e);
        };
    }

    private Polynomial call(Expr.Call e) {
        if (e.function().equals("where") && e.arguments().size() == 3) {
            return choice(e);
        }
        List<Polynomial> arguments = e.arguments().stream().map(this::of).toList();
        return switch (e.function()) {
            case "sqrt" -> arguments.getFirst().power(BigFraction.of(1, 2));
            case "exp" -> exponential(arguments.getFirst());
            case "log" -> {
                Polynomial logarithm = function("log", arguments);
                logarithm
                        .terms()
                        .keySet()
                        .forEach(atoms -> atoms.keySet().forEach(atom -> logarithms.put(atom, arguments.getFirst())));
                yield logarithm;
            }
            default -> function(e.function(), arguments);
        };
    }

    private static Polynomial function(String name, List<Polynomial> arguments) {
        Set<String> indices = new HashSet<>();
        arguments.forEach(argument -> indices.addAll(argument.indices()));
        String text = arguments.stream().map(Polynomial::text).collect(Collectors.joining(", "));
        return Polynomial.atom(name + "(" + text + ")", indices);
    }

    private Polynomial choice(Expr.Call e) {
        Expr condition = e.arguments().getFirst();
        if (assumptions.contains(new Guard(condition, true))) {
            return of(e.arguments().get(1));
        }
        if (assumptions.contains(new Guard(condition, false))) {
            return of(e.arguments().get(2));
        }
        Polynomial yes = of(e.arguments().get(1));
        Polynomial no = of(e.arguments().get(2));
        return function(
                "where " + Printer.print(condition),
                List.of(yes, no, of(new Expr.Tuple(List.of(condition), e.span()))));
    }

    /** {@code exp(x - log(z))} is {@code exp(x)/z}. */
    private Polynomial exponential(Polynomial exponent) {
        List<Polynomial> factors = new ArrayList<>();
        Polynomial rest = exponent.map(term -> {
            Map.Entry<Map<Atom, BigFraction>, BigFraction> only =
                    term.terms().entrySet().iterator().next();
            Map<Atom, BigFraction> atoms = only.getKey();
            Atom atom = atoms.size() == 1 ? atoms.keySet().iterator().next() : null;
            if (atom == null || !logarithms.containsKey(atom) || !atoms.containsValue(BigFraction.ONE)) {
                return term;
            }
            factors.add(logarithms.get(atom).power(only.getValue()));
            return Polynomial.ZERO;
        });
        return factors.stream()
                .reduce(rest.isZero() ? Polynomial.ONE : function("exp", List.of(rest)), Polynomial::times);
    }

    private Polynomial reduce(Expr.Reduce e) {
        boolean isPlainMean = e.reduction() == Reduction.MEAN
                && e.guard().isEmpty()
                && names.positions(e.body()).isEmpty();
        if (isPlainMean) {
            Polynomial sum = sum(e);
            for (Expr.Name index : e.indices()) {
                sum = sum.times(size(index).power(BigFraction.of(-1)));
            }
            return sum;
        }
        return e.reduction() == Reduction.SUM ? sum(e) : opaque(e);
    }

    private static Polynomial size(Expr.Name index) {
        return Polynomial.atom(DefinitionNames.sizeOf(index.name()), Set.of());
    }

    private Polynomial sum(Expr.Reduce e) {
        Map<String, Expr> renamed = new HashMap<>();
        Set<String> bound = new HashSet<>();
        for (Expr.Name index : e.indices()) {
            String token = index.name().replace("'", "") + "#" + fresh++ + ";";
            bound.add(token);
            renamed.put(index.name(), new Expr.Name(token, index.span()));
        }
        Set<String> own = Set.copyOf(renamed.keySet());
        boolean isPossible = Substitution.isPossible(names, e.body(), own)
                && e.guard().map(g -> Substitution.isPossible(names, g, own)).orElse(true);
        if (!isPossible) {
            return opaque(e);
        }
        Substitution renaming = new Substitution(names, renamed);
        Optional<String> guard = e.guard().map(g -> Printer.print(renaming.apply(g)));
        Set<String> free = names.indices(e);
        return of(renaming.apply(e.body())).map(term -> summed(term, e.indices(), renamed, bound, guard, free));
    }

    /** The sum of one product: what does not depend on the indices stands before it. */
    private static Polynomial summed(
            Polynomial term,
            List<Expr.Name> indices,
            Map<String, Expr> renamed,
            Set<String> bound,
            Optional<String> guard,
            Set<String> free) {
        Map.Entry<Map<Atom, BigFraction>, BigFraction> only =
                term.terms().entrySet().iterator().next();
        Polynomial before = Polynomial.constant(only.getValue());
        Polynomial inside = Polynomial.ONE;
        for (Map.Entry<Atom, BigFraction> factor : only.getKey().entrySet()) {
            Polynomial power = Polynomial.power(factor.getKey(), factor.getValue());
            if (factor.getKey().dependsOn(bound)) {
                inside = inside.times(power);
            } else {
                before = before.times(power);
            }
        }
        StringBuilder head = new StringBuilder("sum ");
        String text = inside.text() + guard.map(g -> " | " + g).orElse("");
        Set<String> outer = new HashSet<>(inside.indices());
        outer.removeAll(bound);
        guard.ifPresent(_ -> outer.addAll(free));
        int height = BOUND.matcher(text).results().map(Canonical::height).reduce(0, Integer::max);
        for (Expr.Name index : indices) {
            String token = ((Expr.Name) renamed.get(index.name())).name();
            if (guard.isEmpty() && !inside.indices().contains(token)) {
                before = before.times(size(index));
                continue;
            }
            String name = index.name().replace("'", "") + "@" + ++height;
            text = text.replace(token, name);
            head.append(name).append(' ');
        }
        return text.equals(Polynomial.ONE.text()) ? before : before.times(Polynomial.atom(head + text, outer));
    }

    private static int height(java.util.regex.MatchResult bound) {
        return Integer.parseInt(bound.group(1));
    }
}
