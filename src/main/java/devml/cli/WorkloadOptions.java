package devml.cli;

import devml.network.NetworkFile;
import devml.run.Workload;
import devml.tensor.DType;
import devml.yaml.Document;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a command line can say instead of the network file; the same for every command that runs networks. */
final class WorkloadOptions {
    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            description = "The precision: ${COMPLETION-CANDIDATES}. Default: the network file's, else float64.")
    private DType dtype;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of the random generator. Default: the network file's, else a fresh one.")
    private BigInteger seed;

    @Option(
            names = "--evaluator",
            paramLabel = "NAME",
            defaultValue = "reference",
            description = "What evaluates the equations: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private EvaluatorName evaluator;

    /** What stands for the standard input. */
    private static final Path STDIN = Path.of("-");

    /** Reads a network file. In one that comes from standard input, files are relative to the current directory. */
    static NetworkFile read(Path network, Console console) {
        return network.equals(STDIN)
                ? NetworkFile.read(Document.read(console.in(), "standard input"), Path.of(""), "network")
                : NetworkFile.read(network);
    }

    Workload load(NetworkFile file) {
        return Workload.load(file, new Workload.Overrides(Optional.ofNullable(dtype), Optional.ofNullable(seed)));
    }

    boolean hasSeed() {
        return seed != null;
    }

    EvaluatorName evaluator() {
        return evaluator;
    }
}
