package devml.cli;

import devml.check.FileResult;
import devml.fault.Fault;
import devml.run.Selection;
import devml.run.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code devml check}: compares gradients with references or proofs, or checks backward equations. */
final class CheckCommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec command;
    private final WorkloadOptions workload = new WorkloadOptions();
    private final ComparisonOptions comparison = new ComparisonOptions();
    private final EquationsOptions equations = new EquationsOptions();

    private List<Path> networks = List.of();
    private Path reference;
    private boolean strict;
    private boolean oracle;
    private Double kinks;

    CheckCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "check",
                main,
                this,
                List.of(
                        "Runs networks and compares their gradients with references, or checks the equations of layers; the "
                                + "exit code tells what came out.",
                        "",
                        "In a reference, a parameter's or input's name means its gradient, 'values/NAME' what a layer "
                                + "computes forward, 'loss' the loss. Of several networks, one that cannot be run is reported, "
                                + "and the others are still checked.",
                        "",
                        "With --equations nothing is compared with references: the backward equations of layers are held "
                                + "against the derivative of their forward equations, which dual numbers yield to 30 digits, at "
                                + "random numbers and at ties and kinks. At a kink the derivative is a convention: a difference "
                                + "there is inconclusive."),
                List.of(
                        "devml check networks/*.yaml",
                        "devml check net.yaml --reference expected.npz --junit report.xml",
                        "devml check --equations my_layer.yaml",
                        "devml check --equations conv2d --option padding=same --shape x=2,4,5,7",
                        "devml check net.yaml --oracle --kinks 1e-6"));
        command.addPositional(Syntax.arguments(Path.class, paths -> networks = paths)
                        .paramLabel("NET.yaml|LAYER")
                        .description("The network files, or - for standard input; with --equations also layers.")
                        .build())
                .addOption(Syntax.option(Path.class, path -> reference = path, "-r", "--reference")
                        .paramLabel("FILE|DIR")
                        .description(
                                "The reference: a directory, .npz, .safetensors, .json, .npy or .csv. Default: what the "
                                        + "network file says under 'expect:', with its tolerance.")
                        .build())
                .addOption(Syntax.flag(given -> strict = given, "--strict")
                        .description("Fail if the reference lacks the gradient of a parameter.")
                        .build())
                .addOption(Syntax.flag(given -> oracle = given, "--oracle")
                        .description(
                                "Prove the gradients: enclose the exact ones, bound how far a correct computation can be "
                                        + "from them, hold the computed ones and the references to that bound, and print the tolerance "
                                        + "that it justifies.")
                        .build())
                .addOption(Syntax.option(Double.class, distance -> kinks = distance, "--kinks")
                        .paramLabel("DISTANCE")
                        .description(
                                "With --oracle: also list comparisons of numbers that are no farther apart, such as "
                                        + "inputs of a ReLU near 0.")
                        .build());
        workload.addTo(command);
        comparison.addTo(command);
        equations.addTo(command);
    }

    CommandSpec command() {
        return command;
    }

    @Override
    public Integer call() {
        if (reference != null && networks.size() > 1) {
            throw new ParameterException(command.commandLine(), "--reference is for a single network");
        }
        boolean checksEquations = equations.areAsked();
        if (checksEquations && (reference != null || oracle)) {
            throw new ParameterException(command.commandLine(), "--equations needs no --reference, and no --oracle");
        }
        if (checksEquations && comparison.tolerance().isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--equations takes no --rtol and --atol: equations agree to all digits, or are wrong");
        }
        if (kinks != null && !(oracle && kinks >= 0)) {
            throw new ParameterException(
                    command.commandLine(), "--kinks takes a distance of 0 or more, and goes with --oracle");
        }
        OptionalInt elsewhere = workload.elsewhere(() -> 0);
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        NetworkCheck check = new NetworkCheck(main, workload, comparison, Optional.ofNullable(reference), strict);
        List<FileResult> files = new ArrayList<>();
        for (Path network : networks) {
            try {
                if (checksEquations) {
                    files.add(equations.check(main, network));
                    continue;
                }
                Workload loaded = workload.load(network, main);
                elsewhere = workload.elsewhere(() -> operations(network, loaded));
                if (elsewhere.isPresent()) {
                    return elsewhere.getAsInt();
                }
                if (oracle) {
                    files.addAll(check.proven(network, loaded, kinks == null ? 0 : kinks));
                } else {
                    files.add(check.of(network, loaded));
                }
            } catch (Fault fault) {
                main.console().err().println(fault.render());
                files.add(new FileResult.Unusable(network.toString(), fault));
            }
        }
        comparison.report(main, files);
        return FileResult.verdict(files).map(ExitCode::of).orElse(ExitCode.BAD_INPUT);
    }

    /**
     * The operations of a network that is checked alone. It is 0 for several networks, since another JVM would read
     * them twice, and with the oracle, of which the evaluators are a small part.
     */
    private double operations(Path network, Workload loaded) {
        return oracle || networks.size() > 1
                ? 0
                : WorkloadOptions.operations(network, loaded, Selection.of(loaded.network(), false, List.of()));
    }
}
