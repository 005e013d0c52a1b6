package devml.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/**
 * The commands by their names. picocli learns what a command takes from its annotations, by reflection, which for all of
 * them takes longer than a small network: where one is called, it learns that one alone.
 */
final class Commands {
    private static final String COMPLETION = "completion";

    /** In the order in which the help lists them. */
    private static final Map<String, Class<?>> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("run", RunCommand.class);
        CLASSES.put("check", CheckCommand.class);
        CLASSES.put("compare", CompareCommand.class);
        CLASSES.put("derive", DeriveCommand.class);
        CLASSES.put("explain", ExplainCommand.class);
        CLASSES.put("summary", SummaryCommand.class);
        CLASSES.put("bench", BenchCommand.class);
        CLASSES.put("layers", LayersCommand.class);
        CLASSES.put(COMPLETION, CompletionCommand.class); // tells of all of them
    }

    private Commands() {}

    /** The names of all commands. */
    static Set<String> names() {
        return CLASSES.keySet();
    }

    /** Adds the command that a command line calls, or all of them if that needs them or calls none. */
    static void add(CommandLine devml, String... args) {
        Optional<String> called =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).findFirst();
        boolean one = called.isPresent()
                && CLASSES.containsKey(called.get())
                && !called.get().equals(COMPLETION);
        CLASSES.forEach((name, command) -> {
            if (!one || name.equals(called.get())) {
                devml.addSubcommand(name, command);
            }
        });
    }
}
