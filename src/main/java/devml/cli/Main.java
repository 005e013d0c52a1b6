package devml.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code devml}, and the entry point of the process. */
public final class Main implements Callable<Integer> {
    private final Console console;
    private final Ahead ahead;
    private final CommandSpec command;
    private boolean quiet;
    private boolean verbose;

    Main(Console console, Ahead ahead, String... args) {
        this.console = console;
        this.ahead = ahead;
        this.command = Syntax.command(
                "devml",
                this,
                this,
                List.of("Computes the gradients of neural networks from equations that you can read, and checks them."),
                List.of("devml run networks/simple-backpropagation.yaml"));
        command.usageMessage().synopsisSubcommandLabel("COMMAND");
        Commands.addTo(command, this, args);
    }

    public static void main(String... args) {
        Ahead ahead = Ahead.start(args);
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        Console console = Console.ofProcess(out);
        int code = run(console, ahead, args);
        console.out().flush();
        if (out.failure().isPresent()) {
            console.err()
                    .println("error: cannot write to standard output: "
                            + out.failure().get());
            code = ExitCode.BAD_INPUT;
        }
        if (code != ExitCode.OK) {
            System.exit(code); // exit checks first whether to log this; exit code 0 is faster without it
        }
    }

    /** Runs a command line, printing only to the given console, and returns the exit code. */
    static int run(Console console, String... args) {
        return run(console, Ahead.NOTHING, args);
    }

    private static int run(Console console, Ahead ahead, String... args) {
        Errors errors = new Errors(console.err());
        try {
            return commandLine(console, ahead, errors, args).execute(args);
        } catch (Error | RuntimeException e) {
            return errors.thrown(e);
        }
    }

    private static CommandLine commandLine(Console console, Ahead ahead, Errors errors, String... args) {
        Main main = new Main(console, ahead, args);
        CommandLine commandLine = new CommandLine(main.command);
        commandLine
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((e, _) -> errors.usage(e))
                .setExecutionExceptionHandler((e, _, _) -> errors.thrown(e))
                .setExecutionStrategy(new CommandLine.RunLast());
        Converters.register(commandLine);
        return commandLine;
    }

    /** Reports that the command line has no command. */
    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "a command is missing; there are: "
                        + String.join(", ", command.subcommands().keySet()));
    }

    Console console() {
        return console;
    }

    Ahead ahead() {
        return ahead;
    }

    void setQuiet(boolean given) {
        quiet = given;
    }

    void setVerbose(boolean given) {
        verbose = given;
    }

    /** The log for progress and details; it is silent unless {@code --verbose} is given. */
    Logger log() {
        return Logging.of(verbose && !quiet);
    }

    /** Whether only errors are printed. */
    boolean isQuiet() {
        return quiet;
    }
}
