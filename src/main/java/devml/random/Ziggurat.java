package devml.random;

/**
 * Uniform and normal numbers made from 64 random bits as in NumPy's {@code Generator}: the upper 53 bits, and the
 * ziggurat of 256 layers (Marsaglia and Tsang 2000, "The Ziggurat Method for Generating Random Variables"; the layout
 * of the bits is that of Doornik 2005).
 */
record Ziggurat(Bits bits) implements Variates {

    private static final int LAYERS = 256;

    /** The right edge of the last layer, where the tail starts. */
    private static final double R = 3.654152885361009;

    private static final double INVERSE_R = 0.2736612373297583;

    /**
     * The area of a layer, and of the tail together with the rectangle beside it; its relative error is 7e-16, as in
     * NumPy.
     */
    private static final double AREA = 0.004928673233974652;

    /** The right edges of the layers (0 for the first), and the density there times sqrt(2 pi). */
    private static final double[] X = new double[LAYERS];

    private static final double[] F = new double[LAYERS];

    /**
     * The width of a layer divided by 2<sup>52</sup>, and the integers below which a point is inside whatever its
     * height.
     */
    private static final double[] WIDTH = new double[LAYERS];

    private static final long[] INSIDE = new long[LAYERS];

    static {
        double[] table = Table.read("ziggurat.txt");
        for (int i = 0; i < LAYERS; i++) {
            X[i] = table[2 * i];
            F[i] = table[2 * i + 1];
        }
        WIDTH[0] = AREA / F[LAYERS - 1] * 0x1p-52;
        INSIDE[0] = (long) Math.rint(R * F[LAYERS - 1] / AREA * 0x1p52);
        for (int i = 1; i < LAYERS; i++) {
            WIDTH[i] = X[i] * 0x1p-52;
            INSIDE[i] = (long) Math.rint(X[i - 1] / X[i] * 0x1p52);
        }
    }

    @Override
    public double uniform() {
        return bits.nextDouble();
    }

    @Override
    public double normal() {
        while (true) {
            long word = bits.nextLong();
            int layer = (int) word & 0xff;
            boolean negative = (word & 0x100) != 0;
            long position = word >>> 9 & 0xfffffffffffffL;
            double x = position * WIDTH[layer];
            if (position < INSIDE[layer]) {
                return negative ? -x : x;
            }
            if (layer == 0) {
                // The sign of a number in the tail is taken from another bit, as in NumPy.
                return (position >>> 8 & 1) != 0 ? -tail() : tail();
            }
            double height = (F[layer - 1] - F[layer]) * bits.nextDouble() + F[layer];
            // StrictMath's exp and that of the C library may differ in the last bit; the height falls between the two
            // once in 1e16.
            if (height < StrictMath.exp(-0.5 * x * x)) {
                return negative ? -x : x;
            }
        }
    }

    /** A normal number above {@link #R} (Marsaglia 1964). */
    private double tail() {
        while (true) {
            double beyond = -INVERSE_R * Libm.log1p(-bits.nextDouble());
            double exponential = -Libm.log1p(-bits.nextDouble());
            if (exponential + exponential > beyond * beyond) {
                return R + beyond;
            }
        }
    }
}
