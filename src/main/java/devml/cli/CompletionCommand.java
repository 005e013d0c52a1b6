package devml.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code devml completion}. */
@Command(
        name = "completion",
        description = "Prints a script that lets bash and zsh complete the options of devml.",
        footer = {"", "Example:", "  source <(devml completion)"})
final class CompletionCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        main.console().out().print(AutoComplete.bash("devml", spec.root().commandLine()));
    }
}
