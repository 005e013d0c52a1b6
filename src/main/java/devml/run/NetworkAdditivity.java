package devml.run;

import devml.fault.Fault;
import devml.network.BoundNode;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How what a network's layers output depends on the samples, by binding it to several numbers of them. That a layer whose
 * output has rows for samples makes each of its own sample alone is taken for granted, but for the network's output: one
 * that looks at a whole batch sees one batch at a time.
 */
final class NetworkAdditivity {

    /** Two numbers that are always compared: primes, which no other extent is likely to follow. */
    static final int FEW = 7;

    private static final int MORE = 11;

    /** Bound to {@link #FEW} samples, and to each other number. */
    private final List<TwiceBound> pairs;

    private NetworkAdditivity(List<TwiceBound> pairs) {
        this.pairs = pairs;
    }

    /**
     * Binds the network, also to the samples of the batches and to all: a size may be a formula that changes between
     * these, as where at most 5 samples count.
     *
     * @param isPart whether a mean is to be left as a sum
     * @throws Fault if it does not take any number of samples
     */
    static NetworkAdditivity of(NetworkFile file, Batches batches, boolean isPart) {
        Function<Integer, Network> bind = samples -> {
            Map<String, Shape> shapes = batches.shapesOf(samples);
            return isPart ? Network.bindPart(file, shapes) : Network.bind(file, shapes);
        };
        Network few = bind.apply(FEW);
        Set<String> reached = reached(few, batches);
        return new NetworkAdditivity(IntStream.of(
                        MORE, batches.samples(0), batches.samples(batches.count() - 1), bindable(batches, bind))
                .filter(samples -> samples != FEW)
                .distinct()
                .mapToObj(samples -> new TwiceBound(few, bind.apply(samples), new Samples(FEW, samples), reached))
                .filter(pair -> pair.samples().more() > 1 || pair.isAlike())
                .toList());
    }

    /** The number of all samples, or of as many of them as there can be at once: a tensor has a largest size. */
    private static int bindable(Batches batches, Function<Integer, Network> bind) {
        for (int samples = batches.samples(); samples > batches.size(); samples /= 2) {
            try {
                Network _ = bind.apply(samples);
                return samples;
            } catch (Fault fault) {
                // Whatever else it is about, the batches' own numbers of samples tell.
            }
        }
        return batches.size();
    }

    /** The names of what depends on the samples. */
    private static Set<String> reached(Network network, Batches batches) {
        Set<String> reached = new HashSet<>(batches.cut());
        for (BoundNode node : network.nodes()) {
            if (node.reads().values().stream().anyMatch(reached::contains)) {
                reached.addAll(node.outputs().keySet());
            }
        }
        return reached;
    }

    /** Bound to {@link #FEW} samples. */
    Network network() {
        return pairs.getFirst().few();
    }

    /** The names of what layers output that have a row for each sample. */
    Set<String> rows() {
        Set<String> rows = rows(network(), FEW);
        pairs.forEach(pair -> rows.retainAll(rows(pair.more(), pair.samples().more())));
        return rows;
    }

    /** The names of what the layers of a network output whose first extent is the number of samples. */
    static Set<String> rows(Network network, int samples) {
        return network.nodes().stream()
                .flatMap(node -> network.values(node).entrySet().stream())
                .filter(value -> Batches.hasSamples(value.getValue().shape(), samples))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How the network's output depends on them: of a loss as its equations say, of what has rows by its shape. */
    TensorDependence output() {
        return agreed(TwiceBound::output);
    }

    /** Likewise what its mean divides by, if it is left as a sum. */
    Optional<TensorDependence> divisor() {
        return network().divisor().map(divisor -> agreed(pair -> pair.ofOutput(divisor)));
    }

    private TensorDependence agreed(Function<TwiceBound, TensorDependence> question) {
        List<TensorDependence> answers = pairs.stream().map(question).distinct().toList();
        return answers.size() == 1 ? answers.getFirst() : TensorDependence.OTHER;
    }
}
