package devml.random;

import java.math.BigInteger;

/**
 * NumPy's {@code SeedSequence}: it spreads a seed of any size over a pool of 128 bits, and the pool over the state of a
 * generator. After O'Neill 2015, "Developing a seed_seq Alternative" ({@code randutils}); all arithmetic is modulo
 * 2<sup>32</sup>.
 */
final class SeedSequence {

    private static final int POOL_SIZE = 4;

    private final int[] pool = new int[POOL_SIZE];
    private int multiplier = 0x43b0d7e5;

    /** @param entropy not negative */
    SeedSequence(BigInteger entropy) {
        int words = Math.max(POOL_SIZE, Math.ceilDiv(entropy.bitLength(), Integer.SIZE));
        for (int i = 0; i < POOL_SIZE; i++) {
            pool[i] = hash(word(entropy, i));
        }
        for (int source = 0; source < POOL_SIZE; source++) {
            for (int target = 0; target < POOL_SIZE; target++) {
                if (source != target) {
                    pool[target] = mix(pool[target], hash(pool[source]));
                }
            }
        }
        for (int source = POOL_SIZE; source < words; source++) {
            for (int target = 0; target < POOL_SIZE; target++) {
                pool[target] = mix(pool[target], hash(word(entropy, source)));
            }
        }
    }

    /** Returns {@code generate_state(count, np.uint64)}. */
    long[] generate(int count) {
        int multiplier = 0x8b51f9dd;
        int[] words = new int[2 * count];
        for (int i = 0; i < words.length; i++) {
            int x = pool[i % POOL_SIZE] ^ multiplier;
            multiplier *= 0x58f38ded;
            words[i] = fold(x * multiplier);
        }
        long[] state = new long[count];
        for (int i = 0; i < count; i++) {
            state[i] = Integer.toUnsignedLong(words[2 * i]) | (long) words[2 * i + 1] << 32;
        }
        return state;
    }

    private static int word(BigInteger entropy, int i) {
        return entropy.shiftRight(Integer.SIZE * i).intValue();
    }

    /** Hashes a value and advances {@link #multiplier}, so that the same value hashes to another at each call. */
    private int hash(int value) {
        int x = value ^ multiplier;
        multiplier *= 0x931e8875;
        return fold(x * multiplier);
    }

    private static int mix(int x, int y) {
        return fold(0xca01f9dd * x - 0x4973f715 * y);
    }

    private static int fold(int x) {
        return x ^ x >>> 16;
    }
}
