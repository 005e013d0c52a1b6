package devml.gradcheck;

import devml.layer.BoundTensor;
import devml.oracle.Dual;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.numbers.core.DD;

/**
 * The derivative of a layer's forward equations at a probe: what its outputs, weighted by their gradients, change by in a
 * direction. A direction moves some adjacent entries of one tensor, by random amounts unless it is a single one; so one
 * run tells whether all of them are right, and halving finds one that is not.
 */
public final class Jacobian {
    private final Probe probe;
    private final Map<List<Object>, Slope> known = new HashMap<>();

    public Jacobian(Probe probe) {
        this.probe = probe;
    }

    Probe probe() {
        return probe;
    }

    /** By how much the direction of some entries moves each entry; the others it does not move. */
    static Tensor.Doubles direction(BoundTensor tensor, int from, int to) {
        double[] moves = new double[tensor.view().size()];
        if (to == from + 1) {
            moves[from] = 1;
        } else {
            SplittableRandom random = new SplittableRandom(tensor.name().hashCode());
            for (int i = 0; i < to; i++) {
                double move = random.nextDouble(0.5, 1.5) * (random.nextBoolean() ? 1 : -1);
                moves[i] = i < from ? 0 : move;
            }
        }
        return new Tensor.Doubles(Shape.of(moves.length), moves);
    }

    /**
     * The derivative along the direction of the entries from {@code from} to before {@code to}.
     *
     * @throws devml.fault.Fault if the forward equations fail at the probe
     */
    Slope along(BoundTensor tensor, int from, int to) {
        return known.computeIfAbsent(List.of(tensor.name(), from, to), _ -> compute(tensor, from, to));
    }

    private Slope compute(BoundTensor tensor, int from, int to) {
        Probe.Run run = probe.start();
        Probe.variables(probe.layer()).forEach(variable -> run.numbers().activate(variable.number()));
        run.numbers().seed(tensor.number(), direction(tensor, from, to));
        run.all(probe.layer().forward());
        DD value = DD.ZERO;
        double size = 0;
        boolean isSingular = run.numbers().hasSingularities();
        for (BoundTensor output : Probe.outputs(probe.layer())) {
            Tensor cotangent = probe.values().get("d" + output.name());
            for (int i = 0; i < cotangent.size(); i++) {
                Dual y = run.numbers().dual(output.number(), i);
                DD tangent = y.value().isFinite() || DD.ZERO.equals(y.tangent()) ? y.tangent() : y.value();
                DD term = tangent.multiply(cotangent.get(i));
                value = value.add(tangent.isFinite() ? term : tangent);
                isSingular |= !y.value().isFinite();
                size += Math.abs(term.hi());
            }
        }
        return new Slope(
                value, size, run.numbers().hasTies(), isSingular, run.numbers().hasNearTies());
    }
}
