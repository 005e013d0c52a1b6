package devml.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code devml}, and where the process starts. */
@Command(
        name = "devml",
        description = "Computes the gradients of neural networks from equations that you can read, and checks them.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all is well",
            " 1:a check or comparison failed",
            " 2:the command line is wrong, or a file that it names",
            " 3:a check could not tell, and nothing failed",
            "70:a mistake in devml itself",
            "130:interrupted"
        },
        footer = {"", "Example:", "  devml run networks/simple-backpropagation.yaml"})
public final class Main implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print no tables and no remarks, only errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what is done, to standard error.")
    private boolean verbose;

    Main(Console console) {
        this.console = console;
    }

    public static void main(String[] args) {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        Console console = Console.ofProcess(out);
        int code = run(console, args);
        console.out().flush();
        if (out.failure().isPresent()) {
            console.err()
                    .println("error: cannot write to standard output: "
                            + out.failure().get());
            code = ExitCode.BAD_INPUT;
        }
        System.exit(code);
    }

    /** Runs a command line. Prints to the console alone, and returns the exit code. */
    static int run(Console console, String... args) {
        Errors errors = new Errors(console.err());
        try {
            return commandLine(console, errors, args).execute(args);
        } catch (Error | RuntimeException e) {
            return errors.thrown(e);
        }
    }

    private static CommandLine commandLine(Console console, Errors errors, String... args) {
        Main main = new Main(console);
        CommandLine commandLine = new CommandLine(main);
        Commands.add(commandLine, args);
        commandLine
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((e, _) -> errors.usage(e))
                .setExecutionExceptionHandler((e, _, _) -> errors.thrown(e))
                .setExecutionStrategy(parsed -> {
                    if (main.verbose && !main.quiet) {
                        Logging.on();
                    } else {
                        Logging.off();
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
        Converters.register(commandLine);
        return commandLine;
    }

    /** Without a command. */
    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; there are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    Console console() {
        return console;
    }

    /** Whether to print errors only. */
    boolean isQuiet() {
        return quiet;
    }
}
