package devml.cli;

import devml.check.FileResult;
import devml.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** {@code devml check}. */
@Command(
        name = "check",
        description = {
            "Runs networks and compares their gradients with references, or checks the equations of layers; the exit "
                    + "code tells what came out.",
            "",
            "In a reference, a parameter's or input's name means its gradient, 'values/NAME' what a layer computes "
                    + "forward, 'loss' the loss. Of several networks, one that cannot be run is reported, and the others "
                    + "are still checked.",
            "",
            "With --equations nothing is compared with references: the backward equations of layers are held against the "
                    + "derivative of their forward equations, which dual numbers yield to 30 digits, at random numbers and "
                    + "at ties and kinks. At a kink the derivative is a convention: a difference there is inconclusive."
        },
        footer = {
            "",
            "Examples:",
            "  devml check networks/*.yaml",
            "  devml check net.yaml --reference expected.npz --junit report.xml",
            "  devml check --equations my_layer.yaml",
            "  devml check --equations conv2d --option padding=same --shape x=2,4,5,7",
            "  devml check net.yaml --oracle --kinks 1e-6"
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NET.yaml|LAYER",
            arity = "1..*",
            description = "The network files, or - for standard input; with --equations also layers.")
    private List<Path> networks;

    @Option(
            names = {"-r", "--reference"},
            paramLabel = "FILE|DIR",
            description =
                    "The reference: a directory, .npz, .safetensors, .json, .npy or .csv. Default: what the network "
                            + "file says under 'expect:', with its tolerance.")
    private Path reference;

    @Option(names = "--strict", description = "Fail if the reference lacks the gradient of a parameter.")
    private boolean strict;

    @Option(
            names = "--oracle",
            description =
                    "Prove the gradients: enclose the exact ones, bound how far a correct computation can be from "
                            + "them, hold the computed ones and the references to that bound, and print the tolerance that it "
                            + "justifies.")
    private boolean oracle;

    @Option(
            names = "--kinks",
            paramLabel = "DISTANCE",
            description =
                    "With --oracle: also list comparisons of numbers that are no farther apart, such as inputs of a "
                            + "ReLU near 0.")
    private Double kinks;

    @Mixin
    private WorkloadOptions workload;

    @Mixin
    private ComparisonOptions comparison;

    @Mixin
    private EquationsOptions equations;

    @Override
    public Integer call() {
        if (reference != null && networks.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--reference is for a single network");
        }
        boolean checksEquations = equations.areAsked();
        if (checksEquations && (reference != null || oracle)) {
            throw new ParameterException(spec.commandLine(), "--equations needs no --reference, and no --oracle");
        }
        if (checksEquations && comparison.tolerance().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--equations takes no --rtol and --atol: equations agree to all digits, or are wrong");
        }
        if (kinks != null && !(oracle && kinks >= 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--kinks takes a distance of 0 or more, and goes with --oracle");
        }
        OptionalInt elsewhere = workload.elsewhere(() -> false);
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        NetworkCheck check = new NetworkCheck(main, workload, comparison, Optional.ofNullable(reference), strict);
        List<FileResult> files = new ArrayList<>();
        for (Path network : networks) {
            try {
                if (oracle) {
                    files.addAll(check.proven(network, kinks == null ? 0 : kinks));
                } else {
                    files.add(checksEquations ? equations.check(main, network) : check.of(network));
                }
            } catch (Fault fault) {
                main.console().err().println(fault.render());
                files.add(new FileResult.Unusable(network.toString(), fault));
            }
        }
        comparison.report(main, files);
        return FileResult.verdict(files).map(ExitCode::of).orElse(ExitCode.BAD_INPUT);
    }
}
