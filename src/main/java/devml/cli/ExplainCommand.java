package devml.cli;

import devml.layer.Definition;
import devml.network.NetworkFile;
import devml.report.DefinitionText;
import devml.report.NetworkJson;
import devml.report.NetworkText;
import devml.run.InputShapes;
import devml.run.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code devml explain}: prints the equations of a network or of a layer. */
final class ExplainCommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec command;

    private String subject;
    private boolean onlyForward;
    private boolean onlyBackward;
    private boolean inputGradients;
    private boolean json;

    ExplainCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "explain",
                main,
                this,
                List.of(
                        "Prints the equations of a network or of a layer.",
                        "",
                        "Of a network: the equations that run, forward and backward, layer by layer in their order, with the "
                                + "shape of every tensor and what it is in the network. Of a layer: its whole definition, which "
                                + "can be saved, changed and used under a name of your own."),
                List.of(
                        "devml explain networks/simple-backpropagation.yaml",
                        "devml explain net.yaml --backward --input-gradients",
                        "devml explain conv2d",
                        "devml explain my_layer.yaml --json"));
        command.addPositional(Syntax.argument(String.class, name -> subject = name)
                        .paramLabel("NET.yaml|LAYER")
                        .description(
                                "A network file, or - for standard input; the name of a layer; or the file that defines "
                                        + "one.")
                        .build())
                .addArgGroup(Syntax.atMostOneOf(
                        Syntax.flag(given -> onlyForward = given, "--forward")
                                .description("Of a network, only the forward equations."),
                        Syntax.flag(given -> onlyBackward = given, "--backward")
                                .description("Of a network, only the backward equations and the updates.")))
                .addOption(Syntax.flag(given -> inputGradients = given, "--input-gradients")
                        .description("Of a network, also what the gradients of its inputs need.")
                        .build())
                .addOption(Syntax.flag(given -> json = given, "--json")
                        .description("Print JSON.")
                        .build());
    }

    CommandSpec command() {
        return command;
    }

    @Override
    public Integer call() {
        Optional<Definition> definition = Subject.definition(subject);
        if (definition.isPresent()) {
            if (onlyForward || onlyBackward || inputGradients) {
                throw new ParameterException(
                        command.commandLine(),
                        "'%s' is a layer; --forward, --backward and --input-gradients are for networks"
                                .formatted(subject));
            }
            print(json ? DefinitionText.json(definition.get()) : DefinitionText.of(definition.get()));
        } else {
            NetworkFile file = WorkloadOptions.read(Path.of(subject), main);
            Schedule schedule = Schedule.of(InputShapes.bind(file), inputGradients);
            boolean forward = !onlyBackward;
            boolean backward = !onlyForward;
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
