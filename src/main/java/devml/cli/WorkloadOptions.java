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

/** What a command line can say instead of the network file; the same for every command that runs networks. */
final class WorkloadOptions {
    /**
     * So many operations take plain Java as long as the Vector API with its start and warm-up, some four seconds later.
     * With the VGG-like network of src/peers/nets, in batches of 64, on two cores, this was after 3e11 in float64 and 4e11
     * in float32: {@code hyperfine 'bin/devml run vgg.yaml -q --no-simd' 'bin/devml run vgg.yaml -q --simd'}.
     */
    private static final double LONG = 4e11;

    /**
     * About so many operations take as long without the second compiler as with it in another JVM: LeNet-5 over 500
     * samples. Without it, which takes away a core from the start on, 256 take 0.7 s instead of 1.0, and a small network a
     * seventh less.
     */
    private static final double SHORT = 1e9;

    /** More are a slip of the keyboard: each keeps memory of its own. */
    private static final int MOST_THREADS = 1024;

    /** What stands for the standard input. */
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

    /** Reads a network file. In one that comes from standard input, files are relative to the current directory. */
    static NetworkFile read(Path network, Main main) {
        return isStandardInput(network)
                ? NetworkFile.read(Document.read(main.console().in(), "standard input"), Path.of(""), "network")
                : main.ahead().network(network);
    }

    /** Reads a network file and loads all that it takes. */
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
     * Goes on in another JVM, if the job is too long for this one: in one that has the Vector API, if it is asked for or
     * saves more time than it takes to warm up; in one that compiles better, if this one is for short jobs.
     *
     * @param operations of the job, if they matter
     * @return the exit code, if so
     */
    OptionalInt elsewhere(DoubleSupplier operations) {
        boolean mayLackVectors = evaluator == EvaluatorName.FAST && !Kernels.VECTOR.areAvailable();
        boolean matters = AnotherJvm.isForShortJobs() || (mayLackVectors && simd.isEmpty());
        double count = matters ? operations.getAsDouble() : 0; // once: to count them, the equations are put in order
        boolean vectors = mayLackVectors && simd.orElse(count > LONG);
        boolean goes = vectors || (AnotherJvm.isForShortJobs() && count > SHORT);
        return goes
                ? OptionalInt.of(AnotherJvm.run(
                        command.root().commandLine().getParseResult().originalArgs(), vectors))
                : OptionalInt.empty();
    }

    /** The operations of a job that can be done in another JVM; 0 for one that cannot: its network comes through a pipe. */
    static double operations(Path network, Workload workload, Selection selection) {
        return isStandardInput(network) ? 0 : Runner.operations(workload, selection);
    }

    /** What makes evaluators; the same for all networks of a command line, so that they share its threads. */
    Runner.Evaluators evaluators() {
        if (evaluators == null) {
            evaluators = evaluator.evaluators(threads, kernels());
        }
        return evaluators;
    }

    /** Whether the Vector API computes. */
    boolean usesVectors() {
        return evaluator == EvaluatorName.FAST && kernels() == Kernels.VECTOR;
    }

    private Kernels kernels() {
        return simd.orElse(true) ? Kernels.preferred() : Kernels.PLAIN;
    }
}
