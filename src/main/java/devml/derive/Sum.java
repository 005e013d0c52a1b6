package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/** Writes the sum of several products the way a person would: what they have in common stands before a parenthesis. */
final class Sum {
    private Sum() {}

    /** The sum as one product, whose last factor is what remains in the parenthesis. */
    static Product collapse(List<Product> terms, Expr at) {
        if (terms.size() == 1) {
            return terms.getFirst();
        }
        Product common = new Product(number(terms), shared(terms));
        List<Product> rest =
                grouped(terms.stream().map(term -> term.times(common.power(-1))).toList(), at);
        return rest.size() == 1 ? common.times(rest.getFirst()) : common.times(Product.factor(written(rest, at)));
    }

    /** The number that all have in common: a sign, or the same number everywhere. */
    private static BigFraction number(List<Product> terms) {
        BigFraction first = terms.getFirst().coefficient();
        boolean isSame = terms.stream().allMatch(t -> t.coefficient().abs().equals(first.abs()));
        boolean isNegative = terms.stream().allMatch(t -> t.coefficient().signum() < 0);
        BigFraction size = isSame ? first.abs() : halves(terms);
        return isNegative ? size.negate() : size;
    }

    /** The common denominator's reciprocal, if all have the same one: {@code (a + 3*b)/2}. */
    private static BigFraction halves(List<Product> terms) {
        BigInteger denominator = terms.getFirst().coefficient().getDenominator();
        boolean isSame =
                terms.stream().allMatch(t -> t.coefficient().getDenominator().equals(denominator));
        return isSame ? BigFraction.of(BigInteger.ONE, denominator) : BigFraction.ONE;
    }

    /** The factors that all have in common, each to the least power. */
    private static Map<Expr, BigFraction> shared(List<Product> terms) {
        Map<Expr, BigFraction> shared = new LinkedHashMap<>();
        terms.getFirst().factors().forEach((base, exponent) -> {
            BigFraction least = exponent;
            for (Product term : terms) {
                BigFraction other = term.factors().getOrDefault(base, BigFraction.ZERO);
                least = lesser(least, other);
            }
            if (least.signum() != 0) {
                shared.put(base, least);
            }
        });
        return shared;
    }

    private static BigFraction lesser(BigFraction a, BigFraction b) {
        if (a.signum() != b.signum()) {
            return BigFraction.ZERO;
        }
        return a.abs().compareTo(b.abs()) <= 0 ? a : b;
    }

    /** Terms of which some share a factor: these become one, until none share any. */
    private static List<Product> grouped(List<Product> terms, Expr at) {
        List<Product> best = List.of();
        for (Product term : terms) {
            for (Map.Entry<Expr, BigFraction> factor : term.factors().entrySet()) {
                int sign = factor.getValue().signum();
                List<Product> sharing = terms.stream()
                        .filter(t -> t.factors()
                                        .getOrDefault(factor.getKey(), BigFraction.ZERO)
                                        .signum()
                                == sign)
                        .toList();
                best = sharing.size() > Math.max(1, best.size()) ? sharing : best;
            }
        }
        if (best.isEmpty()) {
            return terms;
        }
        List<Product> rest = new ArrayList<>(terms);
        int place = rest.indexOf(best.getFirst());
        rest.removeAll(best);
        rest.add(Math.min(place, rest.size()), collapse(best, at));
        return grouped(rest, at);
    }

    private static Expr written(List<Product> terms, Expr at) {
        List<Product> sorted = new ArrayList<>(terms);
        int positive = 0;
        while (positive < sorted.size() - 1
                && sorted.get(positive).coefficient().signum() < 0) {
            positive++;
        }
        sorted.addFirst(sorted.remove(positive));
        Expr sum = sorted.getFirst().expression(at);
        for (Product term : sorted.subList(1, sorted.size())) {
            sum = term.coefficient().signum() < 0
                    ? Trees.binary(BinaryOp.SUBTRACT, sum, term.negate().expression(at))
                    : Trees.binary(BinaryOp.ADD, sum, term.expression(at));
        }
        return sum;
    }
}
