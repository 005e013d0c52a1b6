package devml.peers;

import devml.fast.Workers;
import devml.run.Evaluator;
import devml.run.Execution;
import devml.run.FastEvaluator;
import devml.run.Program;
import devml.run.Runner;
import devml.run.Workload;
import devml.tensor.Tensor;
import java.util.Map;

/** devml's fast evaluator, which plans the equations in its first pass and keeps the plans. */
final class DevmlSide implements Side {
    private final Workload workload;
    private final Workload.Batch batch;
    private final Program program;
    private final Evaluator evaluator;
    private Map<String, Tensor> gradients;

    DevmlSide(Workload workload, int threads) {
        this.workload = workload;
        this.batch = workload.batch(0);
        this.program = Program.of(workload.network(), Runner.parameters(workload.network()))
                .keeping(_ -> false);
        this.evaluator = new FastEvaluator(workload.dtype(), program, new Workers(threads));
    }

    @Override
    public void pass() {
        gradients = Execution.run(program, evaluator, batch.inputs(), workload.parameters(), batch.cotangent())
                .gradients();
    }

    @Override
    public Map<String, Tensor> gradients() {
        return gradients;
    }
}
