package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.UnaryOp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * An expression taken apart into factors: a rational number times powers of other expressions. Equal factors are one,
 * so that what cancels is gone.
 *
 * @param coefficient the number
 * @param factors the exponent of each other factor, none 0; a square root has 1/2
 */
record Product(BigFraction coefficient, Map<Expr, BigFraction> factors) {
    private static final BigFraction HALF = BigFraction.of(1, 2);

    static final Product ONE = new Product(BigFraction.ONE, Map.of());

    Product {
        coefficient = normal(coefficient);
        factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    }

    /** The same number with the sign above the line. */
    static BigFraction normal(BigFraction number) {
        return number.getDenominator().signum() < 0
                ? BigFraction.of(
                        number.getNumerator().negate(), number.getDenominator().negate())
                : number;
    }

    static Product constant(BigFraction value) {
        return new Product(value, Map.of());
    }

    /** One factor, even if it could be taken apart. */
    static Product factor(Expr base) {
        return power(base, BigFraction.ONE);
    }

    static Product power(Expr base, BigFraction exponent) {
        return new Product(BigFraction.ONE, Map.of(base, exponent));
    }

    /** The factors of an expression. A sum is one factor. */
    static Product of(Expr e) {
        return switch (e) {
            case Expr.Whole whole -> constant(BigFraction.of(whole.value()));
            case Expr.Decimal decimal ->
                exact(decimal.value()).map(Product::constant).orElseGet(() -> factor(e));
            case Expr.Unary unary
            when unary.op() == UnaryOp.NEGATE -> of(unary.operand()).negate();
            case Expr.Binary binary
            when binary.op() == BinaryOp.MULTIPLY -> of(binary.left()).times(of(binary.right()));
            case Expr.Binary binary when binary.op() == BinaryOp.DIVIDE -> quotient(binary);
            case Expr.Binary binary when binary.op() == BinaryOp.POWER -> power(binary);
            case Expr.Binary binary -> sum(binary).map(Product::constant).orElseGet(() -> factor(e));
            case Expr.Call call
            when call.function().equals("sqrt") && call.arguments().size() == 1 ->
                root(call.arguments().getFirst());
            case Expr.Call _, Expr.Unary _, Expr.Word _, Expr.Name _, Expr.Access _, Expr.OrElse _ -> factor(e);
            case Expr.Compare _, Expr.Reduce _, Expr.Tuple _ -> factor(e);
        };
    }

    /** The root of a number, which may hold pi, is that of each of its factors; of all else, one factor. */
    private static Product root(Expr e) {
        Product radicand = of(e);
        if (radicand.coefficient.signum() <= 0
                || !radicand.factors.keySet().stream().allMatch(Product::isPi)) {
            return power(e, HALF);
        }
        Map<Expr, BigFraction> roots = new LinkedHashMap<>();
        addRoot(roots, radicand.coefficient.getNumerator(), HALF, e);
        addRoot(roots, radicand.coefficient.getDenominator(), HALF.negate(), e);
        radicand.factors.forEach((base, exponent) -> roots.put(base, exponent.multiply(HALF)));
        return new Product(BigFraction.ONE, roots);
    }

    private static void addRoot(Map<Expr, BigFraction> roots, BigInteger number, BigFraction exponent, Expr at) {
        if (!number.equals(BigInteger.ONE)) {
            roots.put(Trees.whole(number.longValueExact(), at), exponent);
        }
    }

    private static boolean isPi(Expr e) {
        return e instanceof Expr.Name name && name.name().equals("pi");
    }

    /** Whether a factor is the square root of a number, or one over it. */
    private static boolean isRootOfNumber(Expr base, BigFraction exponent) {
        return exponent.abs().equals(HALF) && (isPi(base) || base instanceof Expr.Whole);
    }

    /** Numbers with few binary digits are rational; others, such as 0.1, stay the float64 numbers that they are. */
    private static Optional<BigFraction> exact(double value) {
        return value * 1024 == Math.rint(value * 1024) && Math.abs(value) < 1e9
                ? Optional.of(BigFraction.of((long) (value * 1024)).divide(1024))
                : Optional.empty();
    }

    private static Product quotient(Expr.Binary e) {
        Product divisor = of(e.right());
        return divisor.isZero() ? factor(e) : of(e.left()).times(divisor.power(-1));
    }

    private static Product power(Expr.Binary e) {
        Optional<BigFraction> exponent = of(e.right()).number();
        if (exponent.isPresent() && exponent.get().getDenominator().equals(BigInteger.ONE)) {
            int n = exponent.get().intValue();
            Product base = of(e.left());
            return base.isZero() && n <= 0 ? factor(e) : base.power(n);
        }
        return factor(exponent.flatMap(number -> exact(number, e))
                .<Expr>map(number -> Trees.binary(BinaryOp.POWER, e.left(), number))
                .orElse(e));
    }

    /** A number as a decimal that is no less exact: 1.5, which a rule writes as 2.5 - 1. */
    private static Optional<Expr> exact(BigFraction number, Expr at) {
        Expr decimal = new Expr.Decimal(number.abs().doubleValue(), at.span());
        return exact(number.doubleValue())
                .filter(number::equals)
                .map(_ -> number.signum() < 0 ? Trees.negate(decimal) : decimal);
    }

    /** The sum or difference of numbers. */
    private static Optional<BigFraction> sum(Expr.Binary e) {
        if (e.op() != BinaryOp.ADD && e.op() != BinaryOp.SUBTRACT) {
            return Optional.empty();
        }
        return of(e.left())
                .number()
                .flatMap(a -> of(e.right()).number().map(b -> e.op() == BinaryOp.ADD ? a.add(b) : a.subtract(b)));
    }

    boolean isZero() {
        return coefficient.signum() == 0;
    }

    /** The number that this is, if it has no other factors. */
    Optional<BigFraction> number() {
        return factors.isEmpty() || isZero() ? Optional.of(coefficient) : Optional.empty();
    }

    Product negate() {
        return new Product(coefficient.negate(), factors);
    }

    Product times(Product other) {
        Map<Expr, BigFraction> all = new LinkedHashMap<>(factors);
        other.factors.forEach((base, exponent) -> all.merge(base, exponent, Product::add));
        return new Product(coefficient.multiply(other.coefficient), all);
    }

    /** Nothing where exponents cancel: the factor goes. */
    private static BigFraction add(BigFraction a, BigFraction b) {
        BigFraction sum = a.add(b);
        return sum.signum() == 0 ? null : sum;
    }

    Product power(int n) {
        Map<Expr, BigFraction> powers = new LinkedHashMap<>();
        if (n != 0) {
            factors.forEach((base, exponent) -> powers.put(base, exponent.multiply(n)));
        }
        return new Product(coefficient.pow(n), powers);
    }

    /** The part whose factors pass the test, without the number. */
    Product only(Predicate<Expr> test) {
        Map<Expr, BigFraction> some = new LinkedHashMap<>(factors);
        some.keySet().removeIf(test.negate());
        return new Product(BigFraction.ONE, some);
    }

    /** The factors with those first that pass the test; else in the order in which they came. */
    Product first(Predicate<Expr> test) {
        Map<Expr, BigFraction> sorted = new LinkedHashMap<>();
        List<Expr> bases = new ArrayList<>(factors.keySet());
        bases.sort(Comparator.comparing((Expr base) -> !test.test(base)));
        bases.forEach(base -> sorted.put(base, factors.get(base)));
        return new Product(coefficient, sorted);
    }

    /** As it is written: the sign, the number, the factors, and what they are divided by. */
    Expr expression(Expr at) {
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        long number = coefficient.getNumerator().abs().longValueExact();
        long divisor = coefficient.getDenominator().longValueExact();
        Map<Expr, BigFraction> roots = new LinkedHashMap<>(factors);
        roots.entrySet().removeIf(factor -> !isRootOfNumber(factor.getKey(), factor.getValue()));
        factors.forEach((base, exponent) -> {
            if (!roots.containsKey(base)) {
                (exponent.signum() > 0 ? above : below).add(raised(base, exponent.abs()));
            } else if (base.equals(roots.keySet().iterator().next())) {
                boolean isAbove = roots.values().stream().anyMatch(root -> root.signum() > 0);
                (isAbove ? above : below).add(Trees.call("sqrt", radicand(roots, isAbove)));
            }
        });
        if (number != 1 || above.isEmpty()) {
            above.addFirst(Trees.whole(number, at));
        }
        if (divisor != 1) {
            below.addFirst(Trees.whole(divisor, at));
        }
        if (coefficient.signum() < 0) {
            above.set(0, Trees.negate(above.getFirst()));
        }
        Expr numerator = multiplied(above);
        return below.isEmpty() ? numerator : Trees.binary(BinaryOp.DIVIDE, numerator, multiplied(below));
    }

    /** What stands under the one root of several numbers, {@code sqrt(2/pi)}, or under that of their inverses. */
    private static Expr radicand(Map<Expr, BigFraction> roots, boolean isAbove) {
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        roots.forEach((base, exponent) -> (exponent.signum() > 0 == isAbove ? above : below).add(base));
        above.sort(Comparator.comparing(Product::isPi));
        Expr numerator = multiplied(above);
        return below.isEmpty() ? numerator : Trees.binary(BinaryOp.DIVIDE, numerator, multiplied(below));
    }

    private static Expr multiplied(List<Expr> factors) {
        return factors.stream()
                .reduce((a, b) -> Trees.binary(BinaryOp.MULTIPLY, a, b))
                .orElseThrow();
    }

    private static Expr raised(Expr base, BigFraction exponent) {
        if (exponent.equals(BigFraction.ONE)) {
            return base;
        }
        if (exponent.equals(HALF)) {
            return Trees.call("sqrt", base);
        }
        Expr written = exponent.getDenominator().equals(BigInteger.ONE)
                ? Trees.whole(exponent.longValue(), base)
                : new Expr.Decimal(exponent.doubleValue(), base.span());
        return Trees.binary(BinaryOp.POWER, base, written);
    }
}
