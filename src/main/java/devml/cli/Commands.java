package devml.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands by name. If the command line calls one, only that one is created, since picocli is faster with fewer.
 */
final class Commands {
    private static final String COMPLETION = "completion";

    /** In the order in which the help lists them. */
    private static final Map<String, Function<Main, CommandSpec>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", main -> new RunCommand(main).command());
        COMMANDS.put("check", main -> new CheckCommand(main).command());
        COMMANDS.put("compare", main -> new CompareCommand(main).command());
        COMMANDS.put("derive", main -> new DeriveCommand(main).command());
        COMMANDS.put("explain", main -> new ExplainCommand(main).command());
        COMMANDS.put("summary", main -> new SummaryCommand(main).command());
        COMMANDS.put("bench", main -> new BenchCommand(main).command());
        COMMANDS.put("layers", main -> new LayersCommand(main).command());
        COMMANDS.put(COMPLETION, main -> new CompletionCommand(main).command()); // needs all other commands
    }

    private Commands() {}

    /** The names of all commands. */
    static Set<String> names() {
        return COMMANDS.keySet();
    }

    /** Adds the command that a command line calls; or all of them, if it calls none or one that needs them all. */
    static void addTo(CommandSpec devml, Main main, String... args) {
        Optional<String> called =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).findFirst();
        boolean one = called.isPresent()
                && COMMANDS.containsKey(called.get())
                && !called.get().equals(COMPLETION);
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(called.get())) {
                devml.addSubcommand(name, command.apply(main));
            }
        });
    }
}
