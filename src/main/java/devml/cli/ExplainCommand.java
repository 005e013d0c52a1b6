package devml.cli;

import devml.layer.Definition;
import devml.network.NetworkFile;
import devml.report.DefinitionText;
import devml.report.NetworkJson;
import devml.report.NetworkText;
import devml.run.InputShapes;
import devml.run.Schedule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code devml explain}. */
@Command(
        name = "explain",
        description = {
            "Prints the equations of a network or of a layer.",
            "",
            "Of a network: the equations that run, forward and backward, layer by layer in their order, with the shape "
                    + "of every tensor and what it is in the network. Of a layer: its whole definition, which can be "
                    + "saved, changed and used under a name of your own."
        },
        footer = {
            "",
            "Examples:",
            "  devml explain networks/simple-backpropagation.yaml",
            "  devml explain net.yaml --backward --input-gradients",
            "  devml explain conv2d",
            "  devml explain my_layer.yaml --json"
        })
final class ExplainCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NET.yaml|LAYER",
            description = "A network file, or - for standard input; the name of a layer; or the file that defines one.")
    private String subject;

    @ArgGroup
    private Direction direction = new Direction();

    /** One of the two passes. */
    private static final class Direction {
        @Option(names = "--forward", description = "Of a network, only the forward equations.")
        private boolean forward;

        @Option(names = "--backward", description = "Of a network, only the backward equations and the updates.")
        private boolean backward;
    }

    @Option(names = "--input-gradients", description = "Of a network, also what the gradients of its inputs need.")
    private boolean inputGradients;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Optional<Definition> definition = Subject.definition(subject);
        if (definition.isPresent()) {
            if (direction.forward || direction.backward || inputGradients) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'%s' is a layer; --forward, --backward and --input-gradients are for networks"
                                .formatted(subject));
            }
            print(json ? DefinitionText.json(definition.get()) : DefinitionText.of(definition.get()));
        } else {
            NetworkFile file = WorkloadOptions.read(Path.of(subject), main.console());
            Schedule schedule = Schedule.of(InputShapes.bind(file), inputGradients);
            boolean forward = !direction.backward;
            boolean backward = !direction.forward;
            print(json ? NetworkJson.of(schedule, forward, backward) : NetworkText.of(schedule, forward, backward));
        }
        return ExitCode.OK;
    }

    private void print(String text) {
        if (json || !main.isQuiet()) {
            main.console().out().print(text);
        }
    }
}
