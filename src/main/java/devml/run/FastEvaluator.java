package devml.run;

import devml.equation.Statement;
import devml.fast.FastProgram;
import devml.fast.ProgramPlan;
import devml.fast.Storages;
import devml.fast.Workers;
import devml.layer.BoundTensor;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs equations by their plans: contractions on kernels, the rest in strips. */
public final class FastEvaluator implements Evaluator {
    private final FastProgram fast;

    /**
     * Starts with no tensor.
     *
     * @param program whose equations it will run
     * @param workers compute; the results do not depend on their number
     */
    public FastEvaluator(DType dtype, Program program, Workers workers) {
        this(dtype, plan(program), workers);
    }

    /** As above, by a plan. */
    FastEvaluator(DType dtype, ProgramPlan plan, Workers workers) {
        this.fast = new FastProgram(dtype, plan, workers);
    }

    /** How a program runs. */
    public static ProgramPlan plan(Program program) {
        return ProgramPlan.of(storages(program).exchanging(exchanged(program)), program.statements());
    }

    /** The tensors of a program. */
    static Storages storages(Program program) {
        Map<Integer, List<Integer>> shapes = new LinkedHashMap<>();
        program.inputs()
                .forEach((name, number) ->
                        shapes.put(number, program.network().inputs().get(name).dims()));
        program.tensors()
                .forEach((number, tensor) -> shapes.put(number, tensor.shape().dims()));
        return new Storages(program.count(), shapes, program.shared());
    }

    /** The tensors that users give or take. */
    private static Set<Integer> exchanged(Program program) {
        Set<Integer> exchanged = new HashSet<>(program.inputs().values());
        exchanged.add(program.cotangent());
        exchanged.addAll(program.gradients().values());
        exchanged.addAll(program.converted().keySet());
        program.tensors().forEach((number, tensor) -> {
            if (tensor.role() == BoundTensor.Role.PARAM) {
                exchanged.add(number);
            }
        });
        return exchanged;
    }

    @Override
    public void allocate(int tensor, int size, boolean integer) {
        fast.allocate(tensor, size, integer);
    }

    @Override
    public void release(List<Integer> names) {
        fast.release(names);
    }

    @Override
    public void share(int tensor, int existing) {
        fast.share(tensor, existing);
    }

    @Override
    public void put(int tensor, Tensor values, boolean integer) {
        fast.put(tensor, values, integer);
    }

    @Override
    public Tensor get(int tensor, Shape shape, boolean integer) {
        return fast.get(tensor, shape, integer);
    }

    @Override
    public Tensor view(int tensor, Shape shape, boolean integer) {
        return fast.view(tensor, shape, integer);
    }

    @Override
    public void run(Statement statement) {
        fast.run(statement);
    }
}
