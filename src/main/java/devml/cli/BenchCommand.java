package devml.cli;

import devml.report.TimingTable;
import devml.run.Selection;
import devml.run.Timing;
import devml.run.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code devml bench}: measures how long a network takes. */
final class BenchCommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec command;
    private final WorkloadOptions options = new WorkloadOptions();

    private Path network;
    private int repeat;
    private boolean bounds;
    private boolean json;

    BenchCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "bench",
                main,
                this,
                List.of(
                        "Measures how long a network takes, forward and backward, layer by layer and equation by equation.",
                        "",
                        "Runs the first batch until it becomes no faster, then measures; all times are medians. Operations a "
                                + "second are shown beside those that the machine can do, measured in the same process; where "
                                + "memory is what limits an equation, bytes a second likewise."),
                List.of(
                        "devml bench networks/lenet5.yaml",
                        "devml bench net.yaml --threads 1 --dtype float32",
                        "devml bench net.yaml --bounds --threads 1",
                        "devml bench net.yaml --repeat 100 --json"));
        command.addPositional(Syntax.argument(Path.class, path -> network = path)
                        .paramLabel("NET.yaml")
                        .description("The network file, or - for standard input.")
                        .build())
                .addOption(Syntax.option(Integer.class, this::setRepeat, "--repeat")
                        .paramLabel("N")
                        .description(
                                "How many passes to measure. Default: as many as take two seconds, and at least five.")
                        .build())
                .addOption(Syntax.flag(given -> bounds = given, "--bounds")
                        .description("Also measure, in turns with others, passes that bound rounding errors, as "
                                + "'run --bounds' does.")
                        .build())
                .addOption(Syntax.flag(given -> json = given, "--json")
                        .description("Print JSON.")
                        .build());
        options.addTo(command);
    }

    CommandSpec command() {
        return command;
    }

    private void setRepeat(int count) {
        if (count < 1) {
            throw new ParameterException(command.commandLine(), "--repeat must be 1 or more; found " + count);
        }
        repeat = count;
    }

    @Override
    public Integer call() {
        if (bounds && options.evaluator() != EvaluatorName.FAST) {
            throw new ParameterException(command.commandLine(), RunCommand.BOUNDS_NEED_FAST);
        }
        Workload workload = options.load(network, main);
        // Decide as 'run' would, because the user wants to know how long that takes.
        OptionalInt elsewhere = options.elsewhere(() ->
                WorkloadOptions.operations(network, workload, Selection.of(workload.network(), false, List.of())));
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        Timing timing = Timing.measure(workload, options.evaluators(), repeat, bounds, options.threads());
        String evaluator = options.evaluator().toString();
        if (json) {
            main.console().out().print(TimingTable.json(timing, evaluator, options.usesVectors(), options.threads()));
        } else if (!main.isQuiet()) {
            main.console().out().print(TimingTable.of(timing, evaluator, options.usesVectors(), options.threads()));
        }
        return ExitCode.OK;
    }
}
