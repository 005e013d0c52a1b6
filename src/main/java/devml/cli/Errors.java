package devml.cli;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into messages on standard error and exit codes. */
final class Errors {
    private final PrintStream err;

    Errors(PrintStream err) {
        this.err = err;
    }

    /** Reports a command line that picocli does not accept. */
    int usage(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        err.println("error: " + message(e, command));
        err.println("See '" + command.qualifiedName() + " --help'.");
        return ExitCode.BAD_INPUT;
    }

    /** Reports what a command threw. */
    int thrown(Throwable thrown) {
        return switch (thrown) {
            case ParameterException e -> usage(e);
            case Fault fault -> {
                err.println(fault.render());
                yield ExitCode.BAD_INPUT;
            }
            case OutOfMemoryError _ -> {
                err.println("error: this takes more memory than the "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB that Java may use; give it more by DEVML_JAVA_OPTS=-Xmx8g, or set 'batch:'");
                yield ExitCode.BAD_INPUT;
            }
            default -> {
                err.println("internal error: this is a mistake in devml, not in your input");
                thrown.printStackTrace(err);
                err.println(
                        Version.text() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
                err.println("Please report this at the project's issue tracker, with the file and this trace.");
                yield ExitCode.INTERNAL;
            }
        };
    }

    private static String message(ParameterException e, CommandSpec command) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String found = unmatched.getUnmatched().getFirst();
            if (unmatched.isUnknownOption()) {
                String name = found.replaceFirst("=.*", "");
                return "unknown option '" + name + "'" + Nearest.hint(name, options(command));
            }
            Collection<String> commands = command.subcommands().keySet();
            return commands.isEmpty()
                    ? "unexpected argument '" + found + "'"
                    : "unknown command '" + found + "'" + Nearest.hint(found, commands);
        }
        String message = e.getMessage().replaceFirst("^[Ee]rror: ", "");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
    }
}
