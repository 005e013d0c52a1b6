package devml.peers;

import devml.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came out for a case.
 *
 * @param of the case
 * @param rounds one for each pair of processes
 * @param difference the largest distance between gradients of the two libraries, relative to the tensor's largest entry
 * @param errors in float32, how far each library's gradients are from those of float64, likewise
 */
record Measured(Case of, List<Round> rounds, double difference, Map<Side.Name, Double> errors) {
    /**
     * How far gradients may be apart. In float32 that cannot be a matter of rounding alone: of some million activations one or two
     * lie so near to 0, or two so near to one another where a maximum is taken, that the libraries' rounding errors fall
     * on different sides, and whole terms of a sum of some ten thousand come or go.
     */
    private static final Map<DType, Double> TOLERANCES =
            new EnumMap<>(Map.of(DType.FLOAT64, 1e-12, DType.FLOAT32, 0x1p-6));

    boolean agrees() {
        return difference <= TOLERANCES.get(of.dtype());
    }

    /** The times of one pair of processes. */
    record Round(Map<Side.Name, Times> times) {
        /** How many times as fast as libtorch devml was. */
        double ratio() {
            return times.get(Side.Name.LIBTORCH).median() / times.get(Side.Name.DEVML).median();
        }
    }

    /** Of one process, in milliseconds. */
    static final class Times {
        private final List<Double> passes = new ArrayList<>();
        private double processor;

        /** Adds what a {@link Worker} answered. */
        void add(String answer) {
            double[] numbers = Arrays.stream(answer.split(" "))
                    .mapToDouble(nanos -> Double.parseDouble(nanos) / 1e6)
                    .toArray();
            processor += numbers[0];
            Arrays.stream(numbers).skip(1).forEach(passes::add);
        }

        double median() {
            return Measured.median(passes);
        }

        /** What a pass took of all processors together, on average. */
        double processor() {
            return processor / passes.size();
        }
    }

    /** The median of the processes' medians, in milliseconds. */
    double median(Side.Name side) {
        return median(rounds.stream().map(round -> round.times.get(side).median()).toList());
    }

    double processor(Side.Name side) {
        return median(
                rounds.stream().map(round -> round.times.get(side).processor()).toList());
    }

    double ratio() {
        return median(rounds.stream().map(Round::ratio).toList());
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static Round round() {
        Map<Side.Name, Times> times = new EnumMap<>(Side.Name.class);
        for (Side.Name name : Side.Name.values()) {
            times.put(name, new Times());
        }
        return new Round(times);
    }
}
