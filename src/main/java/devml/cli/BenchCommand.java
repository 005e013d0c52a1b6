package devml.cli;

import devml.report.TimingTable;
import devml.run.Timing;
import devml.run.Workload;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code devml bench}. */
@Command(
        name = "bench",
        description = {
            "Measures how long a network takes, forward and backward, layer by layer and equation by equation.",
            "",
            "Runs the first batch until it becomes no faster, then measures; all times are medians. Operations a second "
                    + "are shown beside those that the machine can do, measured in the same process; where memory is "
                    + "what limits an equation, bytes a second likewise."
        },
        footer = {
            "",
            "Examples:",
            "  devml bench networks/lenet5.yaml",
            "  devml bench net.yaml --threads 1 --dtype float32",
            "  devml bench net.yaml --repeat 100 --json"
        })
final class BenchCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NET.yaml", description = "The network file, or - for standard input.")
    private Path network;

    @Mixin
    private WorkloadOptions options;

    private int repeat;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How many passes to measure. Default: as many as take two seconds, and at least five.")
    void setRepeat(int count) {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--repeat must be 1 or more; found " + count);
        }
        repeat = count;
    }

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        OptionalInt elsewhere = options.elsewhere(() -> false);
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        Workload workload = options.load(WorkloadOptions.read(network, main.console()));
        Timing timing = Timing.measure(workload, options.evaluators(), repeat, options.threads());
        if (json) {
            main.console()
                    .out()
                    .print(TimingTable.json(timing, options.evaluator().toString(), options.threads()));
        } else if (!main.isQuiet()) {
            main.console()
                    .out()
                    .print(TimingTable.of(timing, options.evaluator().toString(), options.threads()));
        }
        return ExitCode.OK;
    }
}
