package devml.derive;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A sum of products in a normal form: equal polynomials are equal however they were written.
 *
 * @param terms the coefficient of each product of powers, none 0
 */
record Polynomial(Map<Map<Polynomial.Atom, BigFraction>, BigFraction> terms) {
    private static final int MAX_EXPANDED_POWER = 4;

    /** Beyond this many terms a product is not multiplied out. */
    private static final int MAX_TERMS = 500;

    static final Polynomial ZERO = new Polynomial(Map.of());
    static final Polynomial ONE = constant(BigFraction.ONE);

    /**
     * What is not taken apart.
     *
     * @param text the same for all that are equal
     * @param indices those on which it depends
     */
    record Atom(String text, Set<String> indices) {
        Atom {
            indices = Set.copyOf(indices);
        }

        boolean dependsOn(Set<String> some) {
            return !Collections.disjoint(indices, some);
        }
    }

    Polynomial {
        terms = Map.copyOf(terms);
    }

    static Polynomial constant(BigFraction value) {
        return value.signum() == 0 ? ZERO : new Polynomial(Map.of(Map.of(), value));
    }

    static Polynomial power(Atom atom, BigFraction exponent) {
        return new Polynomial(Map.of(Map.of(atom, exponent), BigFraction.ONE));
    }

    static Polynomial atom(String text, Set<String> indices) {
        return power(new Atom(text, indices), BigFraction.ONE);
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    Polynomial plus(Polynomial other) {
        Map<Map<Atom, BigFraction>, BigFraction> sum = new HashMap<>(terms);
        other.terms.forEach((atoms, coefficient) -> sum.merge(atoms, coefficient, Polynomial::add));
        return new Polynomial(sum);
    }

    Polynomial times(Polynomial other) {
        if (terms.size() * other.terms.size() > MAX_TERMS) {
            return power(whole(), BigFraction.ONE).times(power(other.whole(), BigFraction.ONE));
        }
        Map<Map<Atom, BigFraction>, BigFraction> product = new HashMap<>();
        terms.forEach((a, x) -> other.terms.forEach((b, y) -> {
            Map<Atom, BigFraction> atoms = new HashMap<>(a);
            b.forEach((atom, exponent) -> atoms.merge(atom, exponent, Polynomial::add));
            product.merge(Map.copyOf(atoms), x.multiply(y), Polynomial::add);
        }));
        return new Polynomial(product);
    }

    /** Nothing where both cancel. */
    private static BigFraction add(BigFraction a, BigFraction b) {
        BigFraction sum = a.add(b);
        return sum.signum() == 0 ? null : sum;
    }

    /** The power: of a sum only small whole ones are multiplied out, others are atoms. */
    Polynomial power(BigFraction exponent) {
        boolean isWhole = exponent.getDenominator().equals(java.math.BigInteger.ONE);
        if (isWhole && (terms.size() == 1 || (exponent.signum() > 0 && exponent.intValue() <= MAX_EXPANDED_POWER))) {
            Polynomial base = exponent.signum() < 0 ? reciprocal() : this;
            Polynomial result = ONE;
            for (int i = 0; i < Math.abs(exponent.intValue()); i++) {
                result = result.times(base);
            }
            return result;
        }
        return power(whole(), exponent);
    }

    private Polynomial reciprocal() {
        Map.Entry<Map<Atom, BigFraction>, BigFraction> only =
                terms.entrySet().iterator().next();
        Map<Atom, BigFraction> atoms = new HashMap<>();
        only.getKey().forEach((atom, exponent) -> atoms.put(atom, exponent.negate()));
        return new Polynomial(Map.of(atoms, Product.normal(only.getValue().reciprocal())));
    }

    /** The polynomial as one atom; itself if it is one. */
    private Atom whole() {
        if (terms.size() == 1 && terms.containsValue(BigFraction.ONE)) {
            Map<Atom, BigFraction> atoms = terms.keySet().iterator().next();
            if (atoms.size() == 1 && atoms.containsValue(BigFraction.ONE)) {
                return atoms.keySet().iterator().next();
            }
        }
        return new Atom("(" + text() + ")", indices());
    }

    Set<String> indices() {
        Set<String> indices = new HashSet<>();
        terms.keySet().forEach(atoms -> atoms.keySet().forEach(atom -> indices.addAll(atom.indices())));
        return indices;
    }

    /** The sum of what a function makes of each term. */
    Polynomial map(UnaryOperator<Polynomial> f) {
        Polynomial sum = ZERO;
        for (Map.Entry<Map<Atom, BigFraction>, BigFraction> term : terms.entrySet()) {
            sum = sum.plus(f.apply(new Polynomial(Map.of(term.getKey(), term.getValue()))));
        }
        return sum;
    }

    /** The same text for all that are equal. */
    String text() {
        return terms.entrySet().stream()
                .map(term -> term.getValue() + " " + text(term.getKey()))
                .sorted()
                .collect(Collectors.joining(" + "));
    }

    private static String text(Map<Atom, BigFraction> atoms) {
        return atoms.entrySet().stream()
                .map(f -> f.getKey().text() + "^" + f.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
