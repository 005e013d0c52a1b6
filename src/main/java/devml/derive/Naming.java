package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Calls by its name what is computed already: where an expression equals what a forward equation sets a tensor to, or a
 * short name, that name is written instead.
 */
final class Naming {

    /**
     * A name for an expression.
     *
     * @param name an element of a tensor, a short name, or an expression of these
     * @param value what it is equal to
     * @param product the same, taken apart
     * @param variables the indices for which others may stand
     */
    private record Definition(Expr name, Expr value, Product product, Set<String> variables) {}

    private final DefinitionNames names;
    private final Matcher matcher;
    private final List<Definition> definitions = new ArrayList<>();

    Naming(DefinitionNames names, Forward forward) {
        this.names = names;
        this.matcher = new Matcher(names);
        Map<String, Long> equations = new HashMap<>();
        forward.equations()
                .forEach(e -> equations.merge(DefinitionNames.stem(e.target().tensor()), 1L, Long::sum));
        for (Equation equation : forward.equations()) {
            boolean isWhole = !equation.accumulates() && equation.condition().isEmpty();
            if (isWhole && equations.get(DefinitionNames.stem(equation.target().tensor())) == 1) {
                names.element(equation.target())
                        .ifPresent(v -> define(equation.target(), equation.value(), Set.copyOf(v)));
            }
        }
        forward.where().stream()
                .filter(line -> line.names().size() == 1)
                .filter(line -> names.readsTensor(line.value()))
                .forEach(line -> defineShort(line.names().getFirst(), line.value()));
        definitions.sort(Comparator.comparingInt((Definition d) -> -Trees.size(d.value())));
    }

    private void defineShort(Expr.Name name, Expr value) {
        define(name, value, Set.of());
        signSpelledOut(value).ifPresent(sign -> define(name, sign, Set.of()));
    }

    private void define(Expr name, Expr value, Set<String> variables) {
        boolean isTrivial = value instanceof Expr.Access || value instanceof Expr.Name || value instanceof Expr.Whole;
        Product product = Product.of(value);
        if (isTrivial || product.number().isPresent()) {
            return;
        }
        add(new Definition(name, value, product, variables));
        exponential(value)
                .ifPresent(exp -> add(new Definition(Trees.call("exp", name), exp.expression(value), exp, variables)));
    }

    /** Keeps a definition, unless its value does not tell which element it names: that of {@code g[n,k] = exp(v[n])}. */
    private void add(Definition definition) {
        Expr[] factors = definition.product().factors().keySet().toArray(Expr[]::new);
        if (names.indices(factors).containsAll(definition.variables())) {
            definitions.add(definition);
        }
    }

    /** {@code (x > 0) - (x < 0)} is {@code sign(x)}. */
    private static Optional<Expr> signSpelledOut(Expr e) {
        return e instanceof Expr.Binary(BinaryOp op, Expr.Compare above, Expr.Compare below, var _)
                        && op == BinaryOp.SUBTRACT
                        && above.relations().equals(List.of(Relation.GREATER))
                        && below.relations().equals(List.of(Relation.LESS))
                        && above.operands().equals(below.operands())
                        && above.operands().getLast() instanceof Expr.Whole(long zero, var _)
                        && zero == 0
                ? Optional.of(Trees.call("sign", above.operands().getFirst()))
                : Optional.empty();
    }

    /** The exponential of a sum that contains logarithms: {@code exp(x)/z} for {@code x - log(z)}. */
    private static Optional<Product> exponential(Expr value) {
        List<Product> arguments = new ArrayList<>();
        Optional<Expr> rest = withoutLogarithms(value, 1, arguments);
        return arguments.isEmpty()
                ? Optional.empty()
                : rest.map(sum -> arguments.stream().reduce(Product.factor(Trees.call("exp", sum)), Product::times));
    }

    private static Optional<Expr> withoutLogarithms(Expr e, int sign, List<Product> arguments) {
        if (e instanceof Expr.Call call && call.function().equals("log")) {
            arguments.add(Product.of(call.arguments().getFirst()).power(sign));
            return Optional.empty();
        }
        if (!(e instanceof Expr.Binary(BinaryOp op, Expr left, Expr right, var _))
                || (op != BinaryOp.ADD && op != BinaryOp.SUBTRACT)) {
            return Optional.of(e);
        }
        Optional<Expr> first = withoutLogarithms(left, sign, arguments);
        Optional<Expr> second = withoutLogarithms(right, op == BinaryOp.ADD ? sign : -sign, arguments);
        if (first.isPresent() && second.isPresent()) {
            return Optional.of(Trees.binary(op, first.get(), second.get()));
        }
        return first.or(() -> op == BinaryOp.ADD ? second : second.map(Trees::negate));
    }

    /** A term with names in it wherever there are any. */
    Term name(Term term) {
        Term named = term.map(this::name);
        Product value = named.value();
        Product before;
        do {
            before = value;
            for (Definition definition : definitions) {
                value = replace(value, definition);
            }
        } while (!value.equals(before));
        return new Term(value, named.guards());
    }

    /** An expression with names in it wherever there are any. */
    Expr name(Expr e) {
        Expr inner = Trees.map(e, this::name);
        for (Definition definition : definitions) {
            Optional<Map<String, String>> binding =
                    matcher.match(definition.value(), inner, definition.variables(), Map.of());
            if (binding.isPresent()) {
                return bound(definition, binding.get());
            }
        }
        return inner;
    }

    private Expr bound(Definition definition, Map<String, String> binding) {
        Map<String, Expr> replacements = new HashMap<>();
        binding.forEach((from, to) -> {
            if (definition.variables().contains(from)) {
                replacements.put(from, new Expr.Name(to, definition.name().span()));
            }
        });
        return new Substitution(names, replacements).apply(definition.name());
    }

    private Product replace(Product value, Definition definition) {
        Map<Expr, BigFraction> wanted = definition.product().factors();
        boolean isScaled = !definition.product().coefficient().equals(BigFraction.ONE);
        boolean isWorth = wanted.size() > 1
                || wanted.entrySet().stream().anyMatch(f -> !f.getValue().equals(BigFraction.ONE));
        if (isScaled || !isWorth || wanted.containsKey(definition.name())) {
            return value;
        }
        return search(value, definition, List.copyOf(wanted.entrySet()), 0, Map.of(), Product.ONE)
                .orElse(value);
    }

    /** Finds a factor for each of the pattern's from the i-th on; then takes them out and puts the name in. */
    private Optional<Product> search(
            Product value,
            Definition definition,
            List<Map.Entry<Expr, BigFraction>> wanted,
            int i,
            Map<String, String> binding,
            Product found) {
        if (i == wanted.size()) {
            int times = times(value, found);
            return times == 0
                    ? Optional.empty()
                    : Optional.of(value.times(found.power(-times))
                            .times(Product.factor(bound(definition, binding)).power(times)));
        }
        Set<Expr> used = new HashSet<>(found.factors().keySet());
        for (Expr base : value.factors().keySet()) {
            Optional<Map<String, String>> match = used.contains(base)
                    ? Optional.empty()
                    : matcher.match(wanted.get(i).getKey(), base, definition.variables(), binding);
            Optional<Product> result = match.flatMap(b -> search(
                    value,
                    definition,
                    wanted,
                    i + 1,
                    b,
                    found.times(Product.power(base, wanted.get(i).getValue()))));
            if (result.isPresent()) {
                return result;
            }
        }
        return Optional.empty();
    }

    /**
     * How many times over a product contains another. A negative number says that it is divided by it; only by what has
     * no division of its own, since else nothing would be shorter.
     */
    private static int times(Product value, Product part) {
        List<Integer> ratios = part.factors().entrySet().stream()
                .map(f -> value.factors().get(f.getKey()).divide(f.getValue()).intValue())
                .toList();
        int least = ratios.stream().min(Integer::compare).orElse(0);
        int greatest = ratios.stream().max(Integer::compare).orElse(0);
        boolean isUndivided = part.factors().values().stream().allMatch(exponent -> exponent.signum() > 0);
        return least > 0 ? least : greatest < 0 && isUndivided ? greatest : 0;
    }
}
