package devml.random;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator"), seeded by its authors' {@code init_genrand} of 2002.
 */
final class Mt19937 {

    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int position = SIZE;

    /** @param seed unsigned */
    Mt19937(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            int last = state[i - 1];
            state[i] = 1812433253 * (last ^ last >>> 30) + i;
        }
    }

    /** A multiple of 2<sup>-53</sup> in [0, 1), from two words. */
    double nextDouble() {
        int high = nextWord() >>> 5;
        int low = nextWord() >>> 6;
        return ((long) high << 26 | low) * 0x1p-53;
    }

    private int nextWord() {
        if (position == SIZE) {
            twist();
            position = 0;
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
            int odd = -(y & 1);
            state[i] = state[(i + SHIFT) % SIZE] ^ y >>> 1 ^ (odd & 0x9908b0df);
        }
    }
}
