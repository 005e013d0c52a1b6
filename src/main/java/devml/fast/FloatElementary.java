package devml.fast;

import devml.equation.Real;

/** PLACEHOLDER until the polynomials land. */
final class FloatElementary {
    private FloatElementary() {}

    static void apply(Real.Function f, float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            double x = r[i];
            r[i] = (float)
                    switch (f) {
                        case EXP -> StrictMath.exp(x);
                        case EXPM1 -> StrictMath.expm1(x);
                        case LOG -> StrictMath.log(x);
                        case LOG1P -> StrictMath.log1p(x);
                        case SIN -> StrictMath.sin(x);
                        case COS -> StrictMath.cos(x);
                        case TANH -> StrictMath.tanh(x);
                        case ERF -> org.apache.commons.numbers.gamma.Erf.value(x);
                        case SIGMOID -> {
                            double e = StrictMath.exp(-Math.abs(x));
                            yield (x < 0 ? e : 1) / (1 + e);
                        }
                        case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
                        case NEGATE, ABS, SIGN, FLOOR, SQRT -> throw new IllegalArgumentException();
                    };
        }
    }
}
