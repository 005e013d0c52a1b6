package devml.peers;

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
 */
record Measured(Case of, List<Round> rounds, double difference) {

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
