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
    private final Program program;
    private final Evaluator evaluator;
    private Map<String, Tensor> gradients;

    DevmlSide(Workload workload, int threads) {
        this.workload = workload;
        this.program = Program.of(workload.network(), Runner.parameters(workload.network()));
        this.evaluator = new FastEvaluator(workload.dtype(), program.count(), new Workers(threads));
    }

    @Override
    public void pass() {
        gradients = Execution.run(program, evaluator, workload.inputs(), workload.parameters(), workload.cotangent())
                .gradients();
    }

    @Override
    public Map<String, Tensor> gradients() {
        return gradients;
    }
}
