package devml.random;

/**
 * The Philox4x64-10 generator (Salmon, Moraes, Dror and Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3"). Word
 * i of the stream is a function of the key and of i alone, so that it can start anywhere.
 */
final class Philox implements Bits {

    private static final int ROUNDS = 10;

    private final long key0;
    private final long key1;
    private long next;
    private long[] block = {};

    Philox(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Starts after the given number of words. */
    Philox(long key0, long key1, long words) {
        this(key0, key1);
        this.next = words;
    }

    @Override
    public long nextLong() {
        int lane = (int) (next & 3);
        if (lane == 0 || block.length == 0) {
            // NumPy increments the counter before it draws: its first block is number 1.
            block = block(1 + (next >>> 2), 0, 0, 0, key0, key1);
        }
        next++;
        return block[lane];
    }

    /** Returns the four words to which a counter of four words is enciphered. */
    static long[] block(long c0, long c1, long c2, long c3, long key0, long key1) {
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = Math.unsignedMultiplyHigh(0xd2e7470ee14c6c93L, c0);
            long low0 = 0xd2e7470ee14c6c93L * c0;
            long high1 = Math.unsignedMultiplyHigh(0xca5a826395121157L, c2);
            long low1 = 0xca5a826395121157L * c2;
            c0 = high1 ^ c1 ^ key0;
            c1 = low1;
            c2 = high0 ^ c3 ^ key1;
            c3 = low0;
            key0 += 0x9e3779b97f4a7c15L;
            key1 += 0xbb67ae8584caa73bL;
        }
        return new long[] {c0, c1, c2, c3};
    }
}
