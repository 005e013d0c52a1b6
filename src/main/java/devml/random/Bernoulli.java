package devml.random;

/**
 * Ones and zeros, each a function of the seed, a name and its own number alone: whoever draws some of them, in whatever
 * order, gets the same. Number i is 1 where number i of {@link NamedStreams}' uniform ones lies below the probability.
 */
public final class Bernoulli {
    private Bernoulli() {}

    /**
     * Numbers of a stream.
     *
     * @param seed unsigned
     * @param name of the stream
     * @param probability of a one
     * @param first the number of the first
     * @param count how many
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
