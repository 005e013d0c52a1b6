package devml.cli;

import devml.fast.Kernels;
import devml.network.NetworkFile;
import devml.run.Runner;
import devml.run.Selection;
import devml.run.Workload;
import devml.tensor.DType;
import devml.yaml.Document;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options that override settings of the network file or determine how it is run; they are the same for every
 * command that runs networks.
 */
final class WorkloadOptions {
    /**
     * The number of operations for which plain Java takes as long as a JVM with the Vector API, including the start and
     * warm-up of the latter: some four seconds. Measured with the VGG-like network of src/peers/nets, in batches of 64,
     * on two cores: 3e11 in float64 and 4e11 in float32 ({@code hyperfine 'bin/devml run vgg.yaml -q --no-simd'
     * 'bin/devml run vgg.yaml -q --simd'}).
     */
    private static final double LONG = 4e11;

    /**
     * The number of operations that take about as long without the second compiler as with it in another JVM: LeNet-5
     * over 500 samples. The second compiler takes away a core from the start; without it, 256 samples take 0.7 s
     * instead of 1.0, and a small network a seventh less.
     */
    private static final double SHORT = 1e9;

    /** A larger number is a typing error; each thread needs memory of its own. */
    private static final int MOST_THREADS = 1024;

    /** The path that means the standard input. */
    private static final Path STDIN = Path.of("-");

    private DType dtype;
    private BigInteger seed;
    private EvaluatorName evaluator;
    private int threads = Runtime.getRuntime().availableProcessors();
    private Optional<Boolean> simd = Optional.empty();

    private Runner.Evaluators evaluators;

    private CommandSpec command;

    void addTo(CommandSpec spec) {
        command = spec;
        command.addOption(Syntax.option(DType.class, value -> dtype = value, "--dtype")
                        .paramLabel("DTYPE")
                        .description(
                                "The precision: ${COMPLETION-CANDIDATES}. Default: the network file's, else float64.")
                        .build())
                .addOption(Syntax.option(BigInteger.class, value -> seed = value, "--seed")
                        .paramLabel("N")
                        .description("The seed of the random generator. Default: the network file's, else a fresh one.")
                        .build())
                .addOption(Syntax.option(EvaluatorName.class, value -> evaluator = value, "--evaluator")
                        .paramLabel("NAME")
                        .defaultValue("fast")
                        .description(
                                "What evaluates the equations: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(Syntax.option(Integer.class, this::setThreads, "--threads")
                        .paramLabel("N")
                        .description(
                                "How many threads compute; the results do not depend on it. Default: one a processor.")
                        .build())
                .addOption(Syntax.flag(yes -> simd = Optional.of(yes), "--simd")
                        .negatable(true)
                        .description("Compute by the Vector API, or not; the results are the same. It warms up longer. "
                                + "Default: on long jobs.")
                        .build());
    }

    private void setThreads(int count) {
        if (count < 1 || count > MOST_THREADS) {
            throw new ParameterException(
                    command.commandLine(), "--threads must be from 1 to %d; found %d".formatted(MOST_THREADS, count));
        }
        threads = count;
    }

    static boolean isStandardInput(Path network) {
        return network.equals(STDIN);
    }

    /**
     * Reads a network file. In one that comes from standard input, file names are relative to the current directory.
     */
    static NetworkFile read(Path network, Main main) {
        return isStandardInput(network)
                ? NetworkFile.read(Document.read(main.console().in(), "standard input"), Path.of(""), "network")
                : main.ahead().network(network);
    }

    /** Reads a network file and loads all data that it needs. */
    Workload load(Path network, Main main) {
        NetworkFile file = read(network, main);
        Workload workload =
                Workload.load(file, new Workload.Overrides(Optional.ofNullable(dtype), Optional.ofNullable(seed)));
        main.log()
                .debug(
                        "{}: {} layers, {}, generator {} with seed {}",
                        file.name(),
                        workload.network().nodes().size(),
                        workload.dtype(),
                        file.random().kind(),
                        workload.seed());
        return workload;
    }

    boolean hasSeed() {
        return seed != null;
    }

    int threads() {
        return threads;
    }

    EvaluatorName evaluator() {
        return evaluator;
    }

    /**
     * Continues in another JVM if the job is too long for this one: in one with the Vector API, if that is asked for or
     * saves more time than its warm-up takes; in one that compiles better, if this one is for short jobs.
     *
     * @param operations the number of operations of the job; it is only asked for if it matters
     * @return the exit code of the other JVM; empty if the job is to be done here
     */
    OptionalInt elsewhere(DoubleSupplier operations) {
        boolean mayLackVectors = evaluator == EvaluatorName.FAST && !Kernels.VECTOR.areAvailable();
        boolean matters = AnotherJvm.isForShortJobs() || (mayLackVectors && simd.isEmpty());
        // Asked for only once, since the equations are put in order to count their operations.
        double count = matters ? operations.getAsDouble() : 0;
        boolean vectors = mayLackVectors && simd.orElse(count > LONG);
        boolean goes = vectors || (AnotherJvm.isForShortJobs() && count > SHORT);
        return goes
                ? OptionalInt.of(AnotherJvm.run(
                        command.root().commandLine().getParseResult().originalArgs(), vectors))
                : OptionalInt.empty();
    }

    /**
     * The number of operations of a job; 0 if it cannot move to another JVM because its network comes through a pipe.
     */
    static double operations(Path network, Workload workload, Selection selection) {
        return isStandardInput(network) ? 0 : Runner.operations(workload, selection);
    }

    /**
     * Returns the factory of evaluators. It is the same for all networks of a command line, so that they share its
     * threads.
     */
    Runner.Evaluators evaluators() {
        if (evaluators == null) {
            evaluators = evaluator.evaluators(threads, kernels());
        }
        return evaluators;
    }

    /** Whether computations use the Vector API. */
    boolean usesVectors() {
        return evaluator == EvaluatorName.FAST && kernels() == Kernels.VECTOR;
    }

    private Kernels kernels() {
        return simd.orElse(true) ? Kernels.preferred() : Kernels.PLAIN;
    }
}
