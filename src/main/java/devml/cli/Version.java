package devml.cli;

import picocli.CommandLine.IVersionProvider;

/** Which devml this is, and which Java runs it. */
final class Version implements IVersionProvider {

    /** As the POM has it. */
    static String number() {
        return Release.VERSION;
    }

    static String text() {
        return "devml " + number() + ", Java " + Runtime.version();
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
