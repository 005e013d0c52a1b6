package devml.fast.elementary;

import devml.equation.Real;

/**
 * The functions of one real number over strips of float32: at most 1 ulp from the true value, else as {@link
 * DoubleElementary}. An instance belongs to one thread.
 */
public final class FloatElementary {
    private static final int BLOCK = 512;

    private final float[] in = new float[BLOCK];

    private final float[] exponents = new float[BLOCK];

    private final float[] out = new float[BLOCK];

    private final double[] work = new double[BLOCK];

    /** r[i] = function(r[i]) for low &le; i &lt; high. */
    public void apply(Real.Function function, float[] r, int low, int high) {
        switch (function) {
            case NEGATE -> FloatSimple.negate(r, low, high);
            case ABS -> FloatSimple.abs(r, low, high);
            case SIGN -> FloatSimple.sign(r, low, high);
            case FLOOR -> FloatSimple.floor(r, low, high);
            case SQRT -> FloatSimple.sqrt(r, low, high);
            case EXP -> inBlocks(FloatExp::exp, r, low, high);
            case EXPM1 -> inBlocks(FloatExp::expm1, r, low, high);
            case LOG -> inBlocks(FloatLog::log, r, low, high);
            case LOG1P -> inBlocks(FloatLog::log1p, r, low, high);
            case SIN -> inBlocks(FloatTrigonometric::sin, r, low, high);
            case COS -> inBlocks(FloatTrigonometric::cos, r, low, high);
            case TANH -> inBlocks(FloatExp::tanh, r, low, high);
            case ERF -> inBlocks(FloatErf::erf, r, low, high);
            case SIGMOID -> inBlocks(FloatExp::sigmoid, r, low, high);
            case SOFTPLUS -> inBlocks(FloatExp::softplus, r, low, high);
        }
    }

    /** The first n values of y from those of x, with room for n in work. */
    private interface Block {
        void apply(float[] x, float[] y, int n, double[] work);
    }

    private void inBlocks(Block block, float[] r, int low, int high) {
        for (int from = low; from < high; from += BLOCK) {
            int n = Math.min(BLOCK, high - from);
            System.arraycopy(r, from, in, 0, n);
            block.apply(in, out, n, work);
            System.arraycopy(out, 0, r, from, n);
        }
    }

    /** r[i] = r[i] ^ p[i] for low &le; i &lt; high. */
    public void power(float[] r, float[] p, int low, int high) {
        for (int from = low; from < high; from += BLOCK) {
            int n = Math.min(BLOCK, high - from);
            System.arraycopy(r, from, in, 0, n);
            System.arraycopy(p, from, exponents, 0, n);
            FloatPower.power(in, exponents, out, n, work);
            System.arraycopy(out, 0, r, from, n);
        }
    }
}
