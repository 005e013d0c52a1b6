package devml.random;

/**
 * The generator of {@code np.random.seed(seed)} and the functions of {@code np.random}, or of
 * {@code np.random.RandomState(seed)}: the Mersenne Twister, with Marsaglia's polar method for normal numbers. NumPy
 * has promised not to change it (NEP 19).
 */
final class NumpyLegacy implements Generator, Variates {

    private final Mt19937 bits;

    /** The second number of the last pair, or NaN; it is kept for the next call, whatever is drawn in between. */
    private double kept = Double.NaN;

    /** @param seed unsigned */
    NumpyLegacy(int seed) {
        bits = new Mt19937(seed);
    }

    @Override
    public double[] draw(String name, Distribution distribution, int count) {
        return draw(distribution, count);
    }

    @Override
    public double uniform() {
        return bits.nextDouble();
    }

    @Override
    public double normal() {
        if (!Double.isNaN(kept)) {
            double second = kept;
            kept = Double.NaN;
            return second;
        }
        double x1;
        double x2;
        double r2;
        do {
            x1 = 2.0 * uniform() - 1.0;
            x2 = 2.0 * uniform() - 1.0;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1.0 || r2 == 0.0);
        double factor = Math.sqrt(-2.0 * Libm.log(r2) / r2);
        kept = factor * x1;
        return factor * x2;
    }
}
