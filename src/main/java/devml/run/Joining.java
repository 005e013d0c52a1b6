package devml.run;

import devml.fault.Fault;
import devml.fault.Words;
import devml.network.BoundNode;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the output of all samples, and its gradients, come from those of batches. */
enum Joining {
    /** There is one batch. */
    WHOLE,
    /** The output has rows for samples: they come one behind the other. The gradients, which are of their sum, add up. */
    APPENDED,
    /** It is a sum over samples, and adds up as its gradients do. */
    ADDED,
    /** It is a mean over samples: each batch counts by its share of them. */
    AVERAGED,
    /** It is a mean whose divisor depends on data: a batch yields a sum, and the divisors of all batches add up. */
    DIVIDED;

    /**
     * Finds out by the equations.
     *
     * @throws Fault if they do not say that it is any of these
     */
    static Joining of(NetworkFile file, Batches batches) {
        if (batches.count() == 1) {
            return WHOLE;
        }
        NetworkAdditivity all;
        try {
            all = NetworkAdditivity.of(file, batches, false);
        } catch (Fault fault) {
            Network first = Network.bind(file, batches.shapes(0)); // which tells better what fits for no batch
            if (file.loss().isEmpty() && Batches.hasSamples(first.outputTensor().shape(), batches.samples(0))) {
                return APPENDED;
            }
            throw Fault.at(
                    first.output().place(),
                    "with 'batch' the layers have to take any number of samples, but of %d: %s"
                            .formatted(NetworkAdditivity.FEW, fault.getMessage()));
        }
        TensorDependence output = all.output();
        return switch (output.dependence()) {
            case ROW -> {
                boolean hasRows =
                        Batches.hasSamples(all.network().outputTensor().shape(), NetworkAdditivity.FEW);
                boolean isCut = file.outputGradient().isPresent();
                boolean isAppended = file.loss().isPresent();
                if ((isCut && !hasRows) || (isAppended && output.before() > 1)) {
                    throw refused(all.network(), " in its first dimension");
                }
                yield APPENDED;
            }
            case SUM, COUNT -> ADDED;
            case MEAN, SHARED -> AVERAGED;
            case OTHER -> {
                NetworkAdditivity part = NetworkAdditivity.of(file, batches, true);
                if (!isDivided(part)) {
                    throw refused(all.network(), ", by its equations and by what it reads");
                }
                yield DIVIDED;
            }
        };
    }

    private static boolean isDivided(NetworkAdditivity part) {
        Network network = part.network();
        boolean isRead = network.nodes().stream()
                .anyMatch(node -> node.reads().containsValue(network.output().name()));
        Optional<Dependence> divisor = part.divisor().map(TensorDependence::dependence);
        return !isRead
                && part.output().dependence() == Dependence.SUM
                && divisor.filter(total -> total == Dependence.SUM || total == Dependence.COUNT)
                        .isPresent();
    }

    private static Fault refused(Network network, String more) {
        BoundNode output = network.output();
        return Fault.at(
                output.place(),
                "%s: with 'batch' it has to be a sum or a mean over the samples, or have a row for each%s"
                        .formatted(
                                Words.whichIs(
                                        output.name(),
                                        output.layer().definition().name()),
                                more));
    }

    /** Whether batches make one output together, in place of rows for samples. */
    boolean makesOne() {
        return this == ADDED || this == AVERAGED || this == DIVIDED;
    }

    /** The shape of the output of all samples, by that of a batch. */
    Shape whole(Shape batch, int samples) {
        if (this != APPENDED) {
            return batch;
        }
        List<Integer> dims = new ArrayList<>(batch.dims());
        dims.set(0, samples);
        return new Shape(dims);
    }

    /** Binds a network to the shapes of a batch. */
    Network bind(NetworkFile file, Map<String, Shape> shapes) {
        return this == DIVIDED ? Network.bindPart(file, shapes) : Network.bind(file, shapes);
    }
}
