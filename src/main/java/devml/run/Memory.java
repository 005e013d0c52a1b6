package devml.run;

import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.tensor.DType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the tensors of a program take while it runs one batch, in bytes.
 *
 * @param parameters and buffers
 * @param activations the inputs and what is computed forward
 * @param gradients of parameters and of all that is computed on the way to them
 */
public record Memory(long parameters, long activations, long gradients) {

    /** Adds up what an execution makes room for. */
    public static Memory of(Program program, DType dtype) {
        int real = dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
        long parameters = 0;
        long activations = 0;
        long gradients =
                (long) real * program.network().output().output().shape().size();
        for (BoundTensor tensor : program.tensors().values()) {
            long bytes = (long) tensor.view().size() * (tensor.integer() ? Long.BYTES : real);
            if (!program.shared().containsKey(tensor.number())) {
                switch (tensor.role()) {
                    case PARAM, BUFFER -> parameters += bytes;
                    case GRADIENT -> gradients += bytes;
                    case INPUT, OUTPUT, LOCAL -> activations += bytes;
                }
            }
        }
        for (int size : program.sums().values()) {
            gradients += (long) real * size;
        }
        Set<Integer> integers = integerInputs(program);
        for (var input : program.inputs().entrySet()) {
            long size = program.network().inputs().get(input.getKey()).size();
            activations += size * (real + (integers.contains(input.getValue()) ? Long.BYTES : 0));
        }
        return new Memory(parameters, activations, gradients);
    }

    /** The tensors of inputs that some layer reads as integers. */
    static Set<Integer> integerInputs(Program program) {
        Set<Integer> integers = new HashSet<>();
        program.tensors().values().stream()
                .filter(tensor -> tensor.role() == Role.INPUT && tensor.integer())
                .forEach(tensor -> integers.add(program.shared().get(tensor.number())));
        return integers;
    }

    public long total() {
        return parameters + activations + gradients;
    }

    /**
     * Refuses what cannot fit before anything runs.
     *
     * @param limit what there is, in bytes
     * @throws Fault if it does not fit
     */
    void require(long limit) {
        if (total() > limit) {
            throw Fault.of(
                    ("one batch takes %s of memory (parameters %s, activations %s, gradients %s), and Java may use "
                                    + "%s: take a smaller batch, or raise the limit, as by DEVML_JAVA_OPTS=-Xmx%dm")
                            .formatted(
                                    text(total()),
                                    text(parameters),
                                    text(activations),
                                    text(gradients),
                                    text(limit),
                                    total() / 1024 / 1024 * 5 / 4 + 64));
        }
    }

    private static String text(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }
}
