package devml.peers;

import devml.format.Npz;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the comparison starts. */
@Command(
        name = "peers",
        description = {
            "Compares devml with libtorch 2.7.1: milliseconds that a pass forward and backward takes.",
            "",
            "Of each case, both run in processes of their own and by turns, on the same data and parameters; their "
                    + "gradients are compared as well. Exit code 1 if any of those differ too much."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  mvn -q -Ppeers",
            "  mvn -q -Ppeers -Dpeers='--quick --net lenet5,mlp --dtype float64 --batch 64 --threads 1'"
        })
final class Peers implements Callable<Integer> {
    /** How much faster passes must become for the warm-up to count as under way, and how many times it goes on at most. */
    private static final double PROGRESS = 0.95;

    private static final int WARM_UPS = 8;

    private static final List<String> JAVA_OPTIONS = List.of("-Xmx12g", "-XX:+UseSerialGC");

    @Option(names = "--net", split = ",", description = "Only these networks: vgg, lenet5, mlp, residual.")
    private List<String> nets = List.copyOf(Nets.SAMPLES.keySet());

    @Option(names = "--dtype", split = ",", description = "Only these precisions: float64, float32.")
    private List<DType> dtypes = List.of(DType.FLOAT64, DType.FLOAT32);

    @Option(names = "--batch", split = ",", description = "The numbers of samples. Default: 1,64,256.")
    private List<Integer> batches = List.of(1, 64, 256);

    @Option(names = "--threads", split = ",", description = "The numbers of threads. Default: 1,2.")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Pairs of processes a case. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Of measurement, a process; as long, again and again, to warm up. Default: ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--quick", description = "One round of one second: to see the order of magnitude.")
    private boolean quick;

    @Option(names = "--no-simd", description = "devml's plain Java kernels, not those of the Vector API.")
    private boolean plain;

    @Option(names = "--folder", description = "Where networks, logs and results go. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("target/peers");

    @Option(names = "--document", description = "The document whose tables to replace by what came out.")
    private Path document;

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Peers());
        commandLine.registerConverter(DType.class, text -> DType.valueOf(text.toUpperCase(java.util.Locale.ROOT)));
        System.exit(commandLine.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (quick) {
            rounds = 1;
            seconds = 1;
        }
        Files.createDirectories(folder);
        List<Measured> results = new ArrayList<>();
        boolean agree = true;
        for (Case of : cases()) {
            Measured measured = measure(of);
            results.add(measured);
            agree &= measured.agrees();
            System.out.println(PeerTable.line(measured) + (measured.agrees() ? "" : "  GRADIENTS DIFFER"));
            PeerTable.writeJson(results, folder.resolve("peers.json"));
        }
        String table = PeerTable.of(results);
        System.out.print("\n" + table);
        if (document != null) {
            Documents.replace(document, "peers", table);
        }
        return agree ? 0 : 1;
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String net : nets) {
            for (DType dtype : dtypes) {
                for (int batch : batches) {
                    threads.forEach(count -> cases.add(new Case(net, dtype, batch, count)));
                }
            }
        }
        return cases;
    }

    private Measured measure(Case of) throws IOException {
        Path network = Nets.write(of.net(), of.batch(), folder);
        List<Measured.Round> done = new ArrayList<>();
        double difference = 0;
        Map<Side.Name, Double> errors = Map.of();
        for (int round = 0; round < rounds; round++) {
            Measured.Round times = Measured.round();
            try (Fork devml = new Fork(Side.Name.DEVML, network, of, options(), folder.resolve("devml.log"));
                    Fork libtorch =
                            new Fork(Side.Name.LIBTORCH, network, of, peerOptions(of), folder.resolve("libtorch.log"))) {
                Map<Side.Name, Fork> forks = Map.of(Side.Name.DEVML, devml, Side.Name.LIBTORCH, libtorch);
                warmUp(forks);
                alternate(forks).forEach(times.times()::put);
                if (round == 0) {
                    Map<String, Tensor> ours = gradients(devml, Side.Name.DEVML.toString());
                    Map<String, Tensor> theirs = gradients(libtorch, Side.Name.LIBTORCH.toString());
                    difference = difference(ours, theirs);
                    if (of.dtype() == DType.FLOAT32) {
                        Map<String, Tensor> exact = inDouble(of, network);
                        errors = Map.of(
                                Side.Name.DEVML, difference(ours, exact),
                                Side.Name.LIBTORCH, difference(theirs, exact));
                    }
                }
            }
            done.add(times);
        }
        return new Measured(of, done, difference, errors);
    }

    /**
     * Lets both run until neither has become faster twice in a row: a JIT compiler takes its time with large loops, and a
     * busy machine can hide for a while that it is at it.
     */
    private void warmUp(Map<Side.Name, Fork> forks) throws IOException {
        Map<Side.Name, Measured.Times> best = alternate(forks);
        int idle = 0;
        for (int i = 1; i < WARM_UPS && idle < 2; i++) {
            Map<Side.Name, Measured.Times> after = alternate(forks);
            if (isFaster(best, after)) {
                best = after;
                idle = 0;
            } else {
                idle++;
            }
        }
    }

    private static boolean isFaster(Map<Side.Name, Measured.Times> before, Map<Side.Name, Measured.Times> after) {
        return before.keySet().stream()
                .anyMatch(side ->
                        after.get(side).median() < PROGRESS * before.get(side).median());
    }

    /** Lets each run for a time, a tenth of it at a turn. */
    private Map<Side.Name, Measured.Times> alternate(Map<Side.Name, Fork> forks) throws IOException {
        Map<Side.Name, Measured.Times> times = Measured.round().times();
        long end = System.nanoTime() + (long) (2e9 * seconds);
        do {
            for (Side.Name side : Side.Name.values()) {
                times.get(side).add(forks.get(side).ask("run " + seconds / 10));
            }
        } while (System.nanoTime() < end);
        return times;
    }

    private Map<String, Tensor> gradients(Fork fork, String name) throws IOException {
        Path file = folder.resolve(name + ".npz").toAbsolutePath();
        fork.ask("gradients " + file);
        return Npz.readAll(file);
    }

    /** The gradients of a case in float64. */
    private Map<String, Tensor> inDouble(Case of, Path network) throws IOException {
        Case exact = new Case(of.net(), DType.FLOAT64, of.batch(), of.threads());
        try (Fork fork = new Fork(Side.Name.DEVML, network, exact, options(), folder.resolve("float64.log"))) {
            fork.ask("run 1e-9");
            return gradients(fork, "float64");
        }
    }

    private static double difference(Map<String, Tensor> ours, Map<String, Tensor> theirs) {
        double worst = 0;
        for (Map.Entry<String, Tensor> entry : theirs.entrySet()) {
            worst = Math.max(worst, difference(ours.get(entry.getKey()), entry.getValue()));
        }
        return worst;
    }

    private static double difference(Tensor ours, Tensor theirs) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < theirs.size(); i++) {
            largest = Math.max(largest, Math.abs(theirs.get(i)));
            difference = Math.max(difference, Math.abs(theirs.get(i) - ours.get(i))); // NaN stays
        }
        return difference / largest;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(JAVA_OPTIONS);
        if (!plain) {
            // As for long runs (devml.cli.AnotherJvm).
            options.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseTransparentHugePages"));
        }
        return options;
    }

    /** No network: all of libtorch is on the class path. */
    private List<String> peerOptions(Case of) {
        List<String> options = new ArrayList<>(JAVA_OPTIONS);
        options.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + of.threads(),
                "-DDJL_CACHE_DIR=" + folder.resolve("djl").toAbsolutePath()));
        return options;
    }
}
