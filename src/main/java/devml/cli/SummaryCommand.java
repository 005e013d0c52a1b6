package devml.cli;

import devml.network.NetworkFile;
import devml.report.PlanTable;
import devml.report.SummaryTable;
import devml.run.InputShapes;
import devml.run.Plan;
import devml.run.Summary;
import devml.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code devml summary}: prints what a network consists of and what it costs. */
final class SummaryCommand implements Callable<Integer> {
    private final Main main;

    private Path network;
    private DType dtype;
    private boolean inputGradients;
    private boolean json;
    private boolean reach;
    private boolean plan;

    SummaryCommand(Main main) {
        this.main = main;
    }

    CommandSpec command() {
        return Syntax.command(
                        "summary",
                        main,
                        this,
                        List.of(
                                "Prints what a network is made of: shapes, parameters, operations and memory, layer by layer.",
                                "",
                                "Operations are those on real numbers, as the equations state them; a sum over k values is k "
                                        + "additions."),
                        List.of(
                                "devml summary networks/lenet5.yaml",
                                "devml summary net.yaml --reach",
                                "devml summary net.yaml --plan",
                                "devml summary net.yaml --json"))
                .addPositional(Syntax.argument(Path.class, path -> network = path)
                        .paramLabel("NET.yaml")
                        .description("The network file, or - for standard input.")
                        .build())
                .addOption(Syntax.option(DType.class, value -> dtype = value, "--dtype")
                        .paramLabel("DTYPE")
                        .description(
                                "The precision: ${COMPLETION-CANDIDATES}. Default: the network file's, else float64.")
                        .build())
                .addOption(Syntax.flag(given -> inputGradients = given, "--input-gradients")
                        .description("Also count what the gradients of the inputs need.")
                        .build())
                .addOption(Syntax.flag(given -> json = given, "--json")
                        .description("Print JSON, with all that there is.")
                        .build())
                .addArgGroup(Syntax.atMostOneOf(
                        Syntax.flag(given -> reach = given, "--reach")
                                .description("Also tell how far the positions of each equation reach."),
                        Syntax.flag(given -> plan = given, "--plan")
                                .description(
                                        "Instead tell how the fast evaluator runs each equation: by what, in which loops "
                                                + "around which lanes and sums, how what it writes lies in memory, its operations and "
                                                + "bytes.")));
    }

    @Override
    public Integer call() {
        NetworkFile file = WorkloadOptions.read(network, main);
        DType precision = Optional.ofNullable(dtype).or(file::dtype).orElse(DType.FLOAT64);
        if (plan) {
            Plan planned = Plan.of(InputShapes.bind(file), inputGradients, precision);
            if (json) {
                main.console().out().print(PlanTable.json(planned));
            } else if (!main.isQuiet()) {
                main.console().out().print(PlanTable.of(planned));
            }
            return ExitCode.OK;
        }
        Summary summary = Summary.of(InputShapes.bind(file), inputGradients, precision);
        if (json) {
            main.console().out().print(SummaryTable.json(summary));
        } else if (!main.isQuiet()) {
            main.console().out().print(SummaryTable.of(summary, reach));
        }
        return ExitCode.OK;
    }
}
