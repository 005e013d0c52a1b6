package devml.oracle;

import devml.equation.Cond;
import devml.equation.FloorDivision;
import devml.equation.Powers;
import devml.equation.Real;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The equations in decimal arithmetic of 120 digits, elementary functions to 60 and more. */
final class DecimalNumbers extends Registers<DecimalNumbers.Extended> {

    /** A decimal number, or in its stead an infinity or NaN. */
    record Extended(BigDecimal number, double other) {
        boolean isFinite() {
            return number != null;
        }

        /** Finite numbers by their sign, which is all that arithmetic with an infinity asks. */
        private double orSign() {
            return isFinite() ? number.signum() : other;
        }
    }

    DecimalNumbers(int tensors) {
        super(Extended[]::new, new Extended[tensors][]);
    }

    Extended element(int tensor, int offset) {
        return elements(tensor)[offset];
    }

    private static Extended of(BigDecimal number) {
        return new Extended(number, 0);
    }

    private static Extended other(double value) {
        return value == 0 ? of(BigDecimal.ZERO) : new Extended(null, value);
    }

    @Override
    protected Extended exactly(double value) {
        return Double.isFinite(value) ? of(new BigDecimal(value)) : other(value);
    }

    @Override
    protected Extended exactly(long value) {
        return of(BigDecimal.valueOf(value));
    }

    @Override
    protected Extended precise(Real.Precise value) {
        return of(value.digits());
    }

    @Override
    protected double nearest(Extended value) {
        return value.isFinite() ? value.number.doubleValue() : value.other;
    }

    @Override
    public void apply(Real.Function function, int at) {
        BigDecimal x = r[at].number;
        if (x == null) {
            double limit = Elementary.apply(function, org.apache.commons.numbers.core.DD.of(r[at].other))
                    .hi();
            r[at] = Double.isFinite(limit) ? exactly(limit) : other(limit);
            return;
        }
        boolean isLogarithm = function == Real.Function.LOG || function == Real.Function.LOG1P;
        int sign = function == Real.Function.LOG1P ? x.add(BigDecimal.ONE).signum() : x.signum();
        if (isLogarithm && sign <= 0) {
            r[at] = other(sign == 0 ? Double.NEGATIVE_INFINITY : Double.NaN);
        } else if (function == Real.Function.SQRT && sign < 0) {
            r[at] = other(Double.NaN);
        } else {
            r[at] = of(Decimal.apply(function, x));
        }
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Extended x = r[at];
        Extended y = r[right];
        boolean divides =
                (op == Real.Op.DIVIDE || op == Real.Op.FLOOR_DIVIDE) && y.isFinite() && y.number.signum() == 0;
        r[at] = op == Real.Op.POWER
                ? power(x, y)
                : x.isFinite() && y.isFinite() && !divides ? of(finite(op, x.number, y.number)) : beyond(op, x, y);
    }

    private static BigDecimal finite(Real.Op op, BigDecimal x, BigDecimal y) {
        return switch (op) {
            case ADD -> x.add(y, Decimal.DIGITS);
            case SUBTRACT -> x.subtract(y, Decimal.DIGITS);
            case MULTIPLY -> x.multiply(y, Decimal.DIGITS);
            case DIVIDE -> x.divide(y, Decimal.DIGITS);
            case FLOOR_DIVIDE -> x.divide(y, 0, RoundingMode.FLOOR);
            case POWER -> throw new IllegalArgumentException("has a method of its own");
            case MIN -> x.min(y);
            case MAX -> x.max(y);
        };
    }

    /** Where a logarithm of the base exists by that; else, at 0, below it and at infinities, as float64 has it. */
    private static Extended power(Extended x, Extended y) {
        if (!x.isFinite() || !y.isFinite() || x.number.signum() == 0) {
            double power = Powers.power(
                    x.isFinite() ? x.number.doubleValue() : x.other, y.isFinite() ? y.number.doubleValue() : y.other);
            return Double.isFinite(power) ? of(new BigDecimal(power)) : other(power);
        }
        if (x.number.signum() > 0) {
            return of(Decimal.power(x.number, y.number));
        }
        BigDecimal exponent = y.number.stripTrailingZeros();
        if (exponent.scale() > 0) {
            return other(Double.NaN);
        }
        BigDecimal power = Decimal.power(x.number.negate(), exponent);
        return of(exponent.toBigIntegerExact().testBit(0) ? power.negate() : power);
    }

    private Extended beyond(Real.Op op, Extended x, Extended y) {
        double a = x.orSign();
        double b = y.orSign();
        return switch (op) {
            case ADD -> other(a + b);
            case SUBTRACT -> other(a - b);
            case MULTIPLY -> other(a * b);
            case DIVIDE -> other(a / b);
            case FLOOR_DIVIDE -> exactly(FloorDivision.floor(a, b));
            case POWER -> throw new IllegalArgumentException("has a method of its own");
            case MIN, MAX -> {
                double extreme = op == Real.Op.MIN ? Math.min(a, b) : Math.max(a, b);
                yield Double.isFinite(extreme) ? (x.isFinite() ? x : y) : other(extreme);
            }
        };
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        Extended x = r[left];
        Extended y = r[right];
        if (x.isFinite() && y.isFinite()) {
            return relation.holds(x.number.compareTo(y.number), 0);
        }
        double a = x.isFinite() ? 0 : x.other;
        double b = y.isFinite() ? 0 : y.other;
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return relation == Cond.Relation.NOT_EQUAL;
        }
        return relation.holds(Double.compare(a, b), 0);
    }
}
