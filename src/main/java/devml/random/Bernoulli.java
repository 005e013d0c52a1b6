package devml.random;

/**
 * Random ones and zeros, such as dropout masks. Each is a function of the seed, a name and its own number alone, so that
 * drawing any of them in any order gives the same. Number i is 1 where number i of the uniform numbers of
 * {@link NamedStreams} lies below the probability.
 */
public final class Bernoulli {
    private Bernoulli() {}

    /**
     * Draws numbers of a stream.
     *
     * @param seed unsigned
     * @param name the name of the stream
     * @param probability the probability of a one
     * @param first the number of the first draw
     * @param count the number of draws
     */
    public static double[] draw(long seed, String name, double probability, long first, int count) {
        Philox bits = new Philox(seed, NamedStreams.stream(name), first);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = bits.nextDouble() < probability ? 1 : 0;
        }
        return values;
    }
}
