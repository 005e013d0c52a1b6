package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.equation.Statement;
import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory that is told beforehand is what an evaluator is asked to hold. */
class MemoryTest {

    @ParameterizedTest
    @CsvSource({
        "networks/lenet5.yaml, FLOAT64",
        "networks/lenet5.yaml, FLOAT32",
        "networks/resnet.yaml, FLOAT64",
        "networks/own-layer.yaml, FLOAT32"
    })
    void isWhatIsHeld(Path file, DType dtype) {
        Workload workload =
                Workload.load(NetworkFile.read(file), new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(workload.network()));
        wanted.addAll(workload.inputs().keySet());
        Program program = Program.of(workload.network(), wanted);
        isWhatIsHeld(program, workload, dtype);
        isWhatIsHeld(program.keeping(_ -> false), workload, dtype);
        assertThat(Memory.of(program.keeping(_ -> false), dtype).total())
                .isLessThan(Memory.of(program, dtype).total());
    }

    private static void isWhatIsHeld(Program program, Workload workload, DType dtype) {
        Holding holding = new Holding(dtype == DType.FLOAT32 ? 4 : 8);
        Workload.Batch batch = workload.batch(0);
        Execution.run(program, holding, batch.inputs(), workload.parameters(), batch.cotangent());
        assertThat(Memory.of(program, dtype).total()).isEqualTo(holding.bytes());
    }

    @Test
    void isRefusedWhereThereIsLess() {
        Memory memory = new Memory(1 << 20, 2 << 20, 3 << 20);
        memory.require(6 << 20);
        assertThatThrownBy(() -> memory.require((6 << 20) - 1))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "one batch takes 6.0 MiB of memory (parameters 1.0 MiB, activations 2.0 MiB, gradients 3.0 MiB), "
                                + "and Java may use 6.0 MiB: take a smaller batch, or raise the limit, as by "
                                + "DEVML_JAVA_OPTS=-Xmx71m");
    }

    /** Runs nothing, and counts what it is given and asked to make, where what it gives up does not suffice. */
    private static final class Holding implements Evaluator {
        private final int real;
        private final Map<Integer, Long> reals = new HashMap<>();
        private final Map<Integer, Long> integers = new HashMap<>();
        private final List<Long> freeReals = new ArrayList<>();
        private final List<Long> freeIntegers = new ArrayList<>();

        Holding(int real) {
            this.real = real;
        }

        long bytes() {
            return (sum(reals.values()) + sum(freeReals)) * real + (sum(integers.values()) + sum(freeIntegers)) * 8;
        }

        private static long sum(Collection<Long> sizes) {
            return sizes.stream().mapToLong(size -> size).sum();
        }

        @Override
        public void release(List<Integer> names) {
            for (int name : names) {
                Optional.ofNullable(reals.remove(name)).ifPresent(freeReals::add);
                Optional.ofNullable(integers.remove(name)).ifPresent(freeIntegers::add);
            }
        }

        @Override
        public void allocate(int tensor, int size, boolean integer) {
            (integer ? freeIntegers : freeReals).remove((Object) (long) size);
            (integer ? integers : reals).put(tensor, (long) size);
        }

        @Override
        public void share(int tensor, int existing) {
            assertThat(reals.containsKey(existing) || integers.containsKey(existing))
                    .isTrue();
        }

        @Override
        public void put(int tensor, Tensor values, boolean integer) {
            (integer ? integers : reals).put(tensor, (long) values.size());
        }

        @Override
        public Tensor get(int tensor, Shape shape, boolean integer) {
            return new Tensor.Doubles(shape, new double[shape.size()]);
        }

        @Override
        public void run(Statement statement) {}
    }
}
