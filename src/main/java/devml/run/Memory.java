package devml.run;

import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.tensor.DType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the tensors of a program take while it runs one batch, in bytes.
 *
 * @param parameters and buffers
 * @param activations the inputs, and all that is computed on the way to what remains; tensors of one size and kind that are
 *     not needed at the same time take the same room
 * @param gradients what remains: the gradients that were asked for, the output, and the values that were asked for
 */
public record Memory(long parameters, long activations, long gradients) {

    /** Adds up what an execution makes room for. */
    public static Memory of(Program program, DType dtype) {
        int real = dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
        long parameters = 0;
        for (BoundTensor tensor : program.tensors().values()) {
            if (tensor.isGiven() && tensor.role() != Role.INPUT) {
                parameters += (long) real * tensor.shape().size();
            }
        }
        long gradients = (long) real * program.network().outputTensor().shape().size();
        for (int tensor : program.computed()) {
            gradients += program.lifetimes().passes(tensor) ? 0 : new Room(program, tensor).bytes(real);
        }
        long activations = passing(program, real);
        Set<Integer> integers = integerInputs(program);
        for (var input : program.inputs().entrySet()) {
            long size = program.network().inputs().get(input.getKey()).size();
            activations += size * (real + (integers.contains(input.getValue()) ? Long.BYTES : 0));
        }
        return new Memory(parameters, activations, gradients);
    }

    /** Room for a tensor: what another one of the same size and kind can take after it. */
    private record Room(int size, boolean integer) {
        Room(Program program, int tensor) {
            this(program.size(tensor), program.isInteger(tensor));
        }

        long bytes(int real) {
            return (long) size * (integer ? Long.BYTES : real);
        }
    }

    /** What tensors take that do not remain: of each kind of room, as much as is taken at the same time. */
    private static long passing(Program program, int real) {
        Map<Room, Integer> taken = new HashMap<>();
        Map<Room, Integer> most = new HashMap<>();
        int statements = program.statements().size();
        for (int i = 0; i < statements; i++) {
            for (int tensor : program.lifetimes().beginningAt(i)) {
                Room room = new Room(program, tensor);
                most.merge(room, taken.merge(room, 1, Integer::sum), Math::max);
            }
            for (int tensor : program.lifetimes().endingAt(i)) {
                taken.merge(new Room(program, tensor), -1, Integer::sum);
            }
        }
        return most.entrySet().stream()
                .mapToLong(entry -> entry.getValue() * entry.getKey().bytes(real))
                .sum();
    }

    /** The tensors of inputs that some layer reads as integers. */
    static Set<Integer> integerInputs(Program program) {
        Set<Integer> integers = new HashSet<>();
        program.tensors().values().stream()
                .filter(tensor -> tensor.role() == Role.INPUT && tensor.integer())
                .filter(tensor -> program.shared().containsKey(tensor.number()))
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
