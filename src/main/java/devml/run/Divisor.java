package devml.run;

import devml.layer.BoundTensor;
import devml.network.Network;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the mean over all samples divides by, where that depends on the data.
 *
 * @param total the sum of what the batches divide by
 * @param error how far it may be from that sum in real numbers, if bounds are asked for
 */
record Divisor(double total, double error) {

    /** Works it out: all of the equations that takes, for each batch, and no others. */
    static Divisor of(Workload workload, Runner.Evaluators evaluators, boolean bounds) {
        double total = 0;
        double error = 0;
        double magnitude = 0;
        One one = null;
        Batches cut = workload.cut();
        for (int batch = 0; batch < cut.count(); batch++) {
            Network network = workload.bound(batch);
            if (batch == 0 || cut.samples(batch) != cut.samples(batch - 1)) {
                one = One.of(network, workload.dtype(), evaluators, bounds);
            }
            Map<String, Tensor> parameters = new HashMap<>(workload.parameters());
            parameters.putAll(workload.draws(network, batch));
            Execution execution = Execution.run(
                    one.program, one.evaluator, workload.batch(batch).inputs(), parameters, Optional.empty());
            BoundTensor divisor = network.divisor().orElseThrow();
            double own = execution.value(divisor).get(0);
            total += own;
            magnitude += Math.abs(own);
            if (bounds) {
                error += execution.bound(one.bounded, divisor).get(0);
            }
        }
        return new Divisor(total, error + magnitude * cut.count() * 0x1p-52);
    }

    /** What computes that of a batch. */
    private record One(Program program, Evaluator evaluator, BoundedProgram bounded) {
        static One of(Network network, DType dtype, Runner.Evaluators evaluators, boolean bounds) {
            Program program =
                    Program.of(network, Set.of()).computing(network.divisor().orElseThrow());
            BoundedProgram bounded = bounds ? BoundedProgram.of(program, dtype) : null;
            Program runs = bounds ? bounded.program() : program;
            return new One(runs, evaluators.make(dtype, runs), bounded);
        }
    }

    /** What the gradient of the output is, for the sum that a batch yields. */
    double weight() {
        return 1 / total;
    }

    /** How far, relatively, the weight may be from the exact one, rounded to a type. */
    double weightError(DType dtype) {
        double unit = dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
        double off = error / Math.abs(total);
        return off < 0.5 ? 2 * off + unit : Double.POSITIVE_INFINITY;
    }
}
