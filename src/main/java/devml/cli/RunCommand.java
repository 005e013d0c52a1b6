package devml.cli;

import devml.format.Format;
import devml.report.ArrayText;
import devml.report.TensorTable;
import devml.run.Manifest;
import devml.run.OutputFolder;
import devml.run.Outputs;
import devml.run.Proof;
import devml.run.Runner;
import devml.run.Selection;
import devml.run.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code devml run}: computes the gradients of a network and writes them. */
final class RunCommand implements Callable<Integer> {
    static final String BOUNDS_NEED_FAST = "--bounds are those of the fast evaluator";

    /** The cost in operations of --bounds and of --oracle, for each operation of a plain run. */
    private static final int BOUNDS = 4;

    private static final int ORACLE = 100;

    private final Main main;
    private final CommandSpec command;
    private final WorkloadOptions options = new WorkloadOptions();

    private Path network;
    private Path out;
    private List<Format> formats = List.of();
    private boolean inputGradients;
    private List<String> values = List.of();
    private boolean forwardOnly;
    private boolean oracle;
    private boolean bounds;
    private boolean printsArrays;
    private boolean printsJson;

    RunCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "run",
                main,
                this,
                List.of(
                        "Runs a network forward and backward, and writes the gradient of every parameter.",
                        "",
                        "Writes DIR/gradients/NAME.npy for each parameter, DIR/values/NAME.npy for each chosen value, and "
                                + "DIR/manifest.json, which says how to get them again. Formats that hold many tensors in one "
                                + "file make DIR/gradients.npz (or .safetensors, .json), with the gradients under the names of "
                                + "their parameters and the values under values/NAME. DIR appears when all is done: a run that "
                                + "fails or is interrupted leaves what was there."),
                List.of(
                        "devml run networks/simple-backpropagation.yaml",
                        "devml run net.yaml --out results --format npz --input-gradients --values all",
                        "devml run net.yaml --seed 1 --dtype float32 --print",
                        "devml run net.yaml --oracle --out exact",
                        "devml run networks/lenet5.yaml --bounds"));
        command.addPositional(Syntax.argument(Path.class, path -> network = path)
                        .paramLabel("NET.yaml")
                        .description("The network file, or - for standard input.")
                        .build())
                .addOption(Syntax.option(Path.class, path -> out = path, "-o", "--out")
                        .paramLabel("DIR")
                        .description("Where to write. Default: NETWORK-gradients, by the network's name.")
                        .build())
                .addOption(Syntax.listOption(Format.class, list -> formats = list, "-f", "--format")
                        .paramLabel("FORMAT")
                        .defaultValue("npy")
                        .description("What to write, one or more of: npy, csv, npz, safetensors, json. Default: "
                                + "${DEFAULT-VALUE}.")
                        .build())
                .addOption(Syntax.flag(given -> inputGradients = given, "--input-gradients")
                        .description(
                                "Also the gradients of the network's inputs of real numbers; always where it has no parameters.")
                        .build())
                .addOption(Syntax.listOption(String.class, list -> values = list, "--values")
                        .paramLabel("NAME")
                        .description("Also what these layers compute forward, or 'all'.")
                        .build())
                .addOption(Syntax.flag(given -> forwardOnly = given, "--forward-only")
                        .description("No gradients: the network's output, and the loss.")
                        .build())
                .addOption(Syntax.flag(given -> oracle = given, "--oracle")
                        .description(
                                "Write the exact numbers, in float64, and as NAME.radius how far each may be from the "
                                        + "exact one.")
                        .build())
                .addOption(Syntax.flag(given -> bounds = given, "--bounds")
                        .description(
                                "Also how far each element may be from what the equations yield in real numbers: a "
                                        + "rigorous bound, in NAME.bound.npy beside NAME.npy. Takes about three times as long: 'bench --bounds' tells.")
                        .build())
                .addArgGroup(Syntax.atMostOneOf(
                        Syntax.flag(given -> printsArrays = given, "--print")
                                .description("Also print the tensors, as NumPy prints arrays."),
                        Syntax.flag(given -> printsJson = given, "--json").description("Print the table as JSON.")));
        options.addTo(command);
    }

    CommandSpec command() {
        return command;
    }

    @Override
    public Integer call() {
        if (bounds && oracle) {
            throw new ParameterException(
                    command.commandLine(),
                    "--bounds are for what is computed in floating point; --oracle writes exact numbers, "
                            + "and their radii as NAME.radius.npy");
        }
        if (bounds && options.evaluator() != EvaluatorName.FAST) {
            throw new ParameterException(command.commandLine(), BOUNDS_NEED_FAST);
        }
        Workload workload = options.load(network, main);
        Selection selection = forwardOnly
                ? Selection.forwardOnly(workload.network(), values)
                : Selection.of(workload.network(), inputGradients, values);
        OptionalInt elsewhere = options.elsewhere(() ->
                (oracle ? ORACLE : bounds ? BOUNDS : 1) * WorkloadOptions.operations(network, workload, selection));
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        Path directory = Optional.ofNullable(out)
                .orElseGet(() -> Path.of(workload.network().file().name() + "-gradients"));
        OutputFolder folder = OutputFolder.at(directory);
        StringBuilder text = new StringBuilder();
        folder.replace(fresh -> {
            Outputs outputs;
            try (Progress progress = Progress.of(main, "batches", Runner.batches(workload))) {
                outputs = oracle
                        ? selection.from(Proof.of(workload, selection.gradients(), 0, options.threads(), progress))
                        : Runner.run(workload, selection, fresh, bounds, options.evaluators(), progress);
            }
            text.append(text(outputs)); // must come before the files are moved, because it reads them
            String evaluator = oracle ? "oracle" : options.evaluator().toString();
            Manifest manifest = new Manifest(Version.number(), evaluator, workload, outputs);
            manifest.write(fresh, outputs.write(fresh, formats));
        });
        main.console().out().print(text);
        main.console().out().flush(); // otherwise a terminal may show the following remark, on standard error, above it
        if (!main.isQuiet()) {
            boolean fresh = workload.network().file().random().seed().isEmpty() && !options.hasSeed();
            main.console().err().println("wrote " + directory + (fresh ? " (seed " + workload.seed() + ")" : ""));
        }
        return ExitCode.OK;
    }

    private String text(Outputs outputs) {
        StringBuilder text = new StringBuilder();
        if (printsArrays) {
            outputs.named().forEach((name, rows) -> text.append(name + " =\n" + ArrayText.of(rows.whole()) + "\n\n"));
        }
        if (printsJson) {
            text.append(TensorTable.jsonOfRows(outputs.tensors(), outputs.loss(), outputs.boundsByName()));
        } else if (!main.isQuiet()) {
            text.append(TensorTable.ofRows(outputs.tensors(), outputs.loss(), outputs.boundsByName()));
        }
        return text.toString();
    }
}
