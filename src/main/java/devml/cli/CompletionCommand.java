package devml.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code devml completion}: prints a script for the completion of options in a shell. */
final class CompletionCommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec command;

    CompletionCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "completion",
                main,
                this,
                List.of("Prints a script that lets bash and zsh complete the options of devml."),
                List.of("source <(devml completion)"));
    }

    CommandSpec command() {
        return command;
    }

    @Override
    public Integer call() {
        main.console().out().print(AutoComplete.bash("devml", command.root().commandLine()));
        return ExitCode.OK;
    }
}
