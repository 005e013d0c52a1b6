package devml.random;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.math.BigInteger;
import java.util.List;

/** A seeded generator, as {@code random: {generator: …, seed: …}} in a network file names it. */
public sealed interface Generator permits NumpyLegacy, NumpyDefault, NamedStreams {

    /** What may stand after {@code generator:}. */
    List<String> NAMES = List.of("numpy", "default_rng", "devml");

    /**
     * The next numbers.
     *
     * @param name what they are for, such as {@code conv.weight}. NumPy's generators ignore it and go on where the last
     *     call stopped; ours draws from the stream of that name, always from its start
     * @param count how many, in C order of the array that they fill
     */
    double[] draw(String name, Distribution distribution, int count);

    /**
     * {@code numpy}: {@code np.random.seed(seed)}; {@code default_rng}: {@code np.random.default_rng(seed)};
     * {@code devml}: ours.
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
