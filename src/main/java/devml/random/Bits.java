package devml.random;

/** A source of 64 random bits at a time. */
interface Bits {

    long nextLong();

    /** A multiple of 2<sup>-53</sup> in [0, 1), from the upper 53 bits. */
    default double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }
}
