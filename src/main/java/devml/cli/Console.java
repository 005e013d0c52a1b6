package devml.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The streams of a command, and the abilities of the terminal behind them. Tests pass their own.
 *
 * @param in the standard input
 * @param out for data: tables, JSON, scripts
 * @param err for diagnostics
 * @param colour whether {@code out} is coloured
 * @param animation whether {@code err} shows progress
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean colour, boolean animation) {

    /**
     * The system property by which the launcher says which of the descriptors 1 and 2 are terminals, since Java cannot
     * tell them apart.
     */
    private static final String TERMINALS = "devml.terminals";

    /** Returns the console of the process; it is in colour on a terminal, unless NO_COLOR (no-color.org) is set. */
    static Console ofProcess(StandardOutput out) {
        String terminals = System.getProperty(TERMINALS, "");
        String noColour = System.getenv("NO_COLOR");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Console(
                System.in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("1") && !dumb && (noColour == null || noColour.isEmpty()),
                terminals.contains("2") && !dumb);
    }
}
