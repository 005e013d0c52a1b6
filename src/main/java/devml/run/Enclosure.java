package devml.run;

import devml.oracle.Enclosed;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is known of a tensor: its exact entries, and how far from them those of a computation in floating point may be.
 *
 * @param midpoint the doubles nearest to the midpoints of the balls; 0 where nothing is known
 * @param rest what the midpoints are more than these
 * @param radius of the balls; infinite where nothing is known
 * @param error bounds the distance of what is computed from what is exact; infinite where no bound is known
 * @param doubts for each entry, the numbers of the open comparisons on which it depends
 */
public record Enclosure(
        Tensor.Doubles midpoint,
        Tensor.Doubles rest,
        Tensor.Doubles radius,
        Tensor.Doubles error,
        List<BitSet> doubts) {
    public Enclosure {
        doubts = List.copyOf(doubts);
    }

    static Enclosure of(Enclosed tensor) {
        List<BitSet> doubts = new ArrayList<>();
        for (int i = 0; i < tensor.shape().size(); i++) {
            doubts.add(tensor.doubts(i));
        }
        return new Enclosure(
                doubles(tensor, i -> tensor.ball(i).mid().hi()),
                doubles(tensor, i -> tensor.ball(i).mid().lo()),
                doubles(tensor, i -> tensor.ball(i).radius()),
                doubles(tensor, tensor::error),
                doubts);
    }

    private static Tensor.Doubles doubles(Enclosed tensor, IntToDoubleFunction of) {
        return new Tensor.Doubles(
                tensor.shape(),
                IntStream.range(0, tensor.shape().size()).mapToDouble(of).toArray());
    }

    /** How far the exact entries may be from {@code midpoint}: an upper bound. */
    public Tensor.Doubles distance() {
        double[] distance = new double[midpoint.size()];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = distance(i);
        }
        return new Tensor.Doubles(midpoint.shape(), distance);
    }

    /** As {@link #distance()}, of one entry. */
    public double distance(int offset) {
        double rest = Math.abs(this.rest.get(offset));
        return rest == 0 ? radius.get(offset) : Math.nextUp(rest + radius.get(offset));
    }

    /** How far a computed entry may be from {@code midpoint}. */
    public double bound(int offset) {
        double distance = distance(offset);
        double error = this.error.get(offset);
        return distance == 0 ? error : error == 0 ? distance : Math.nextUp(distance + error);
    }

    public boolean isDoubtful(int offset) {
        return !doubts.get(offset).isEmpty();
    }
}
