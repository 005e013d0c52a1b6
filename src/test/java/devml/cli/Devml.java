package devml.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A command line that was run within this process.
 *
 * @param code its exit code
 * @param out what it printed to the standard output
 * @param err and to standard error
 */
record Devml(int code, String out, String err) {

    /** Runs {@code devml} with arguments of any types, as their texts. */
    static Devml run(Object... args) {
        return runWith("", args);
    }

    /** As {@link #run}, with a text as the standard input. */
    static Devml runWith(String in, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int code = Main.run(console, Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        return new Devml(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
