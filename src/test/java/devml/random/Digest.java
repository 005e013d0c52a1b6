package devml.random;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums of bits. */
final class Digest {
    private Digest() {}

    /** SHA-256 of all numbers as big-endian doubles. */
    static String of(double[]... arrays) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (double[] array : arrays) {
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * array.length);
                bytes.asDoubleBuffer().put(array);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
