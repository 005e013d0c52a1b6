package devml.cli;

import devml.network.NetworkFile;
import devml.report.PlanTable;
import devml.report.SummaryTable;
import devml.run.InputShapes;
import devml.run.Plan;
import devml.run.Summary;
import devml.tensor.DType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code devml summary}. */
@Command(
        name = "summary",
        description = {
            "Prints what a network is made of: shapes, parameters, operations and memory, layer by layer.",
            "",
            "Operations are those on real numbers, as the equations state them; a sum over k values is k additions."
        },
        footer = {
            "",
            "Examples:",
            "  devml summary networks/lenet5.yaml",
            "  devml summary net.yaml --reach",
            "  devml summary net.yaml --plan",
            "  devml summary net.yaml --json"
        })
final class SummaryCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "NET.yaml", description = "The network file, or - for standard input.")
    private Path network;

    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            description = "The precision: ${COMPLETION-CANDIDATES}. Default: the network file's, else float64.")
    private DType dtype;

    @Option(names = "--input-gradients", description = "Also count what the gradients of the inputs need.")
    private boolean inputGradients;

    @Option(names = "--json", description = "Print JSON, with all that there is.")
    private boolean json;

    @ArgGroup
    private Detail detail = new Detail();

    /** What to tell more about, or instead. */
    private static final class Detail {
        @Option(names = "--reach", description = "Also tell how far the positions of each equation reach.")
        private boolean reach;

        @Option(
                names = "--plan",
                description = "Instead tell how the fast evaluator runs each equation: by what, in which loops around "
                        + "which lanes and sums, how what it writes lies in memory, its operations and bytes.")
        private boolean plan;
    }

    @Override
    public Integer call() {
        NetworkFile file = WorkloadOptions.read(network, main.console());
        DType precision = Optional.ofNullable(dtype).or(file::dtype).orElse(DType.FLOAT64);
        if (detail.plan) {
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
            main.console().out().print(SummaryTable.of(summary, detail.reach));
        }
        return ExitCode.OK;
    }
}
