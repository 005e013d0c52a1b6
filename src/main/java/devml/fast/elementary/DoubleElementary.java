package devml.fast.elementary;

import devml.equation.Real;

/**
 * The functions of one real number over strips of float64: at most 1.5 ulp from the true value, IEEE 754's special cases,
 * and the same bits in every place of a strip, on every machine, compiled or not, since nothing but IEEE operations and
 * fma is used, in a fixed order.
 *
 * <p>Every function goes over a strip in passes: what looks at bits, the polynomial (which HotSpot then vectorises), and the
 * arguments near the ends of the range one by one. It works in memory of its own, with one index for all arrays (with
 * different offsets HotSpot cannot tell that they do not meet, and vectorises nothing): an instance belongs to one thread.
 */
public final class DoubleElementary {
    private static final int BLOCK = 512;

    private final double[] in = new double[BLOCK];

    private final double[] out = new double[BLOCK];

    private final double[] work = new double[BLOCK];

    /** r[i] = function(r[i]) for low &le; i &lt; high. */
    public void apply(Real.Function function, double[] r, int low, int high) {
        switch (function) {
            case NEGATE -> DoubleSimple.negate(r, low, high);
            case ABS -> DoubleSimple.abs(r, low, high);
            case SIGN -> DoubleSimple.sign(r, low, high);
            case FLOOR -> DoubleSimple.floor(r, low, high);
            case SQRT -> DoubleSimple.sqrt(r, low, high);
            case EXP -> inBlocks(DoubleExp::exp, r, low, high);
            case EXPM1 -> inBlocks(DoubleExp::expm1, r, low, high);
            case LOG -> inBlocks(DoubleLog::log, r, low, high);
            case LOG1P -> inBlocks(DoubleLog::log1p, r, low, high);
            case SIN -> inBlocks(DoubleTrigonometric::sin, r, low, high);
            case COS -> inBlocks(DoubleTrigonometric::cos, r, low, high);
            case TANH -> inBlocks(DoubleLogistic::tanh, r, low, high);
            case ERF -> inBlocks(DoubleErf::erf, r, low, high);
            case SIGMOID -> inBlocks(DoubleLogistic::sigmoid, r, low, high);
            case SOFTPLUS -> inBlocks(DoubleLogistic::softplus, r, low, high);
        }
    }

    /** The first n values of y from those of x, with room for n in work. */
    private interface Block {
        void apply(double[] x, double[] y, int n, double[] work);
    }

    private void inBlocks(Block block, double[] r, int low, int high) {
        for (int from = low; from < high; from += BLOCK) {
            int n = Math.min(BLOCK, high - from);
            System.arraycopy(r, from, in, 0, n);
            block.apply(in, out, n, work);
            System.arraycopy(out, 0, r, from, n);
        }
    }

    /** r[i] = r[i] ^ p[i] for low &le; i &lt; high. */
    public void power(double[] r, double[] p, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = DoublePower.power(r[i], p[i]);
        }
    }
}
