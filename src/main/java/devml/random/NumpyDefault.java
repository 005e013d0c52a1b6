package devml.random;

import java.math.BigInteger;

/**
 * The generator {@code np.random.default_rng(seed)}: PCG64 seeded through {@code SeedSequence}, with the ziggurat
 * method for normal numbers.
 */
final class NumpyDefault implements Generator {

    private final Ziggurat variates;

    /** @param seed not negative */
    NumpyDefault(BigInteger seed) {
        variates = new Ziggurat(new Pcg64(new SeedSequence(seed).generate(4)));
    }

    @Override
    public double[] draw(String name, Distribution distribution, int count) {
        return variates.draw(distribution, count);
    }
}
