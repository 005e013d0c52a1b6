package devml.run;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for what is written beside its target until it is whole. */
final class TemporaryName {
    private TemporaryName() {}

    /**
     * A name for which a hidden file or directory of another process is unlikely. Nobody has to be kept from guessing
     * it: what makes random numbers for that takes longer to load than a small network to run.
     */
    static String name() {
        return ".devml-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
