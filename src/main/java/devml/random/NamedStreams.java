package devml.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Our own generator: every name has its own stream, so that the numbers of a parameter depend on the seed and on its
 * name, not on which other parameters there are or which is drawn first.
 *
 * <p>A stream is the one that NumPy gives for {@code np.random.Generator(np.random.Philox(key=[seed, stream]))}, where
 * {@code stream} is {@code int(hashlib.sha256(name.encode()).hexdigest()[:16], 16)}, so that anyone can draw it again.
 */
final class NamedStreams implements Generator {

    private final long seed;

    /** @param seed unsigned */
    NamedStreams(long seed) {
        this.seed = seed;
    }

    @Override
    public double[] draw(String name, Distribution distribution, int count) {
        return new Ziggurat(new Philox(seed, stream(name))).draw(distribution, count);
    }

    static long stream(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
