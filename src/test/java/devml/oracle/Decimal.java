package devml.oracle;

import devml.equation.Real;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.numbers.core.DD;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;

/**
 * Elementary functions to 80 digits and more: what the oracle is held to. By Apfloat; but for the exponential, the
 * logarithm and erf, for which it takes ten milliseconds and more, by series that are held to Apfloat themselves.
 *
 * <p>Arithmetic is that of {@link BigDecimal} with 120 digits, in which the sums and products of a few doubles of like
 * size are exact.
 */
final class Decimal {
    static final MathContext DIGITS = new MathContext(120);

    /** For what 2^30 roundings may take. */
    private static final MathContext MORE = new MathContext(150);

    /** Of Apfloat's results; some of its functions lose a few of the digits that they are given. */
    private static final int FUNCTION_DIGITS = 80;

    private Decimal() {}

    static BigDecimal of(DD x) {
        return new BigDecimal(x.hi()).add(new BigDecimal(x.lo()));
    }

    /** The value at an argument in the function's domain. */
    static BigDecimal apply(Real.Function function, BigDecimal x) {
        return switch (function) {
            case NEGATE -> x.negate();
            case ABS -> x.abs();
            case SIGN -> BigDecimal.valueOf(x.signum());
            case FLOOR -> x.setScale(0, RoundingMode.FLOOR);
            case SQRT -> x.sqrt(DIGITS);
            case EXP -> exp(x);
            case EXPM1 -> near(x, function) ? series(x, function) : exp(x).subtract(BigDecimal.ONE, DIGITS);
            case LOG -> log(x);
            case LOG1P -> near(x, function) ? series(x, function) : log(x.add(BigDecimal.ONE));
            case SIN -> x.signum() == 0 ? x : toDecimal(ApfloatMath.sin(toApfloat(x)));
            case COS -> toDecimal(ApfloatMath.cos(toApfloat(x)));
            case TANH -> {
                BigDecimal e = apply(Real.Function.EXPM1, x.abs().negate().multiply(BigDecimal.TWO));
                BigDecimal size = e.negate().divide(e.add(BigDecimal.TWO), DIGITS);
                yield x.signum() < 0 ? size.negate() : size;
            }
            case ERF -> erf(x);
            case SIGMOID -> {
                BigDecimal e = exp(x.abs().negate());
                yield (x.signum() < 0 ? e : BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
            }
            case SOFTPLUS ->
                x.max(BigDecimal.ZERO)
                        .add(apply(Real.Function.LOG1P, exp(x.abs().negate())), DIGITS);
        };
    }

    /** The base is positive. */
    static BigDecimal power(BigDecimal x, BigDecimal y) {
        return exp(y.multiply(log(x), DIGITS));
    }

    /** By the Taylor series at x / 2^k, squared k times. */
    static BigDecimal exp(BigDecimal x) {
        if (x.compareTo(new BigDecimal(-1_000_000)) < 0) {
            return BigDecimal.ZERO; // far below every double
        }
        int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 5);
        BigDecimal reduced = x.divide(BigDecimal.TWO.pow(halvings), MORE);
        BigDecimal result = BigDecimal.ONE.add(series(reduced, Real.Function.EXPM1), MORE);
        for (int i = 0; i < halvings; i++) {
            result = result.multiply(result, MORE);
        }
        return result;
    }

    /** Near 1 by the Taylor series; else from the double nearest to it by Halley's method, which triples the digits. */
    static BigDecimal log(BigDecimal x) {
        BigDecimal t = x.subtract(BigDecimal.ONE);
        if (near(t, Real.Function.LOG1P)) {
            return series(t, Real.Function.LOG1P);
        }
        int exponent = x.precision() - x.scale();
        double start = Math.log(x.scaleByPowerOfTen(-exponent).doubleValue()) + exponent * Math.log(10);
        BigDecimal y = new BigDecimal(start);
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = y.add(x.subtract(e).multiply(BigDecimal.TWO).divide(x.add(e), MORE), MORE);
        }
        return y;
    }

    /** By the Taylor series, whose terms grow to 10^100 before they cancel; beyond 15 it is 1 to 100 digits. */
    static BigDecimal erf(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.valueOf(15)) > 0) {
            return BigDecimal.valueOf(x.signum());
        }
        MathContext most = new MathContext(250);
        BigDecimal square = x.multiply(x, most).negate();
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int n = 1; power.abs().compareTo(x.abs().movePointLeft(150)) > 0; n++) {
            power = power.multiply(square, most).divide(BigDecimal.valueOf(n), most);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), most), most);
        }
        BigDecimal pi = toDecimal(ApfloatMath.pi(150));
        return sum.multiply(BigDecimal.TWO).divide(pi.sqrt(MORE), DIGITS);
    }

    private static boolean near(BigDecimal x, Real.Function function) {
        return x.abs().compareTo(new BigDecimal(function == Real.Function.EXPM1 ? "0.1" : "0.01")) < 0;
    }

    /** exp(x) - 1 or log(1+x) by its Taylor series, to the last of the digits. */
    private static BigDecimal series(BigDecimal x, Real.Function function) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = BigDecimal.ONE;
        for (int n = 1; n == 1 || power.abs().compareTo(sum.abs().movePointLeft(MORE.getPrecision())) > 0; n++) {
            BigDecimal divisor = BigDecimal.valueOf(n);
            if (function == Real.Function.EXPM1) {
                power = power.multiply(x, MORE).divide(divisor, MORE);
                sum = sum.add(power, MORE);
            } else {
                power = power.multiply(x, MORE);
                BigDecimal term = power.divide(divisor, MORE);
                sum = n % 2 == 1 ? sum.add(term, MORE) : sum.subtract(term, MORE);
            }
        }
        return sum;
    }

    /** With digits enough for a fraction of 80 digits, whatever stands before the point. */
    static Apfloat toApfloat(BigDecimal x) {
        int whole = Math.max(0, x.precision() - x.scale());
        return new Apfloat(x, FUNCTION_DIGITS + whole + 40L);
    }

    static BigDecimal toDecimal(Apfloat x) {
        return new BigDecimal(x.toString()).round(DIGITS);
    }
}
