package devml.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which devml this is, and which Java runs it. */
final class Version implements IVersionProvider {

    /** As the jar's manifest has it. */
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    static String text() {
        return "devml " + number() + ", Java " + Runtime.version();
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
