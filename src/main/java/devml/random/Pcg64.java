package devml.random;

/**
 * The PCG64 generator: a linear congruential generator of 128 bits, whose state the permutation XSL RR reduces to 64
 * bits (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
 * Generation").
 */
final class Pcg64 implements Bits {

    private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
    private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;

    private long high;
    private long low;
    private final long incrementHigh;
    private final long incrementLow;

    /** @param seed the initial state and the sequence, each of two words, the upper one first */
    Pcg64(long[] seed) {
        incrementHigh = seed[2] << 1 | seed[3] >>> 63;
        incrementLow = seed[3] << 1 | 1;
        step();
        add(seed[0], seed[1]);
        step();
    }

    @Override
    public long nextLong() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    /** state = state * multiplier + increment, modulo 2<sup>128</sup>. */
    private void step() {
        high = Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        low *= MULTIPLIER_LOW;
        add(incrementHigh, incrementLow);
    }

    private void add(long addendHigh, long addendLow) {
        low += addendLow;
        high += addendHigh + (Long.compareUnsigned(low, addendLow) < 0 ? 1 : 0);
    }
}
