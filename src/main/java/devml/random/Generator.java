package devml.random;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.math.BigInteger;
import java.util.List;

/** A seeded random generator, as {@code random: {generator: …, seed: …}} in a network file names it. */
public sealed interface Generator permits NumpyLegacy, NumpyDefault, NamedStreams {

    /** The names that may follow {@code generator:}. */
    List<String> NAMES = List.of("numpy", "default_rng", "devml");

    /**
     * Draws the next numbers.
     *
     * @param name what they are for, such as {@code conv.weight}. NumPy's generators ignore it and continue where the
     *     last call stopped; ours draws from the stream of that name, always from its start
     * @param count the number of draws, in C order of the array that they fill
     */
    double[] draw(String name, Distribution distribution, int count);

    /**
     * Returns a generator. {@code numpy} is {@code np.random.seed(seed)}, {@code default_rng} is
     * {@code np.random.default_rng(seed)}, {@code devml} is our own.
     *
     * @param seed 0 to 2<sup>32</sup> - 1 for {@code numpy}, to 2<sup>64</sup> - 1 for {@code devml}, any that is not
     *     negative for {@code default_rng}
     * @throws Fault if there is no such generator, or it does not take this seed
     */
    static Generator of(String generator, BigInteger seed) {
        return switch (generator) {
            case "numpy" -> new NumpyLegacy(requireBits(32, generator, seed).intValue());
            case "default_rng" -> new NumpyDefault(requireBits(Integer.MAX_VALUE, generator, seed));
            case "devml" -> new NamedStreams(requireBits(64, generator, seed).longValue());
            default -> throw Fault.of("unknown random generator '" + generator + "'" + Nearest.hint(generator, NAMES));
        };
    }

    private static BigInteger requireBits(int bits, String generator, BigInteger seed) {
        if (seed.signum() < 0 || seed.bitLength() > bits) {
            String allowed = bits == Integer.MAX_VALUE ? "0 or more" : "0 to 2^" + bits + " - 1";
            throw Fault.of("seed %s: generator '%s' takes %s".formatted(seed, generator, allowed));
        }
        return seed;
    }
}
