package devml.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of devml, with that of the Java that runs it. */
final class Version implements IVersionProvider {

    /** The version number in the POM. */
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
