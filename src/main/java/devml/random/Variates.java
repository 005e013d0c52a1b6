package devml.random;

/** The standard variates of one generator, and how NumPy derives those of other distributions from them. */
interface Variates {

    /** The next uniform double: 53 random bits in [0, 1). */
    double uniform();

    /** The next standard normal double. */
    double normal();

    /**
     * Draws the next {@code count} numbers. There is no fma here: NumPy's builds for x86-64 round the product, then the
     * sum.
     */
    default double[] draw(Distribution distribution, int count) {
        double[] drawn = new double[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = switch (distribution) {
                case Distribution.StandardUniform() -> uniform();
                case Distribution.Uniform(double low, double high) -> low + (high - low) * uniform();
                case Distribution.StandardNormal() -> normal();
                case Distribution.Normal(double mean, double std) -> mean + std * normal();
            };
        }
        return drawn;
    }
}
