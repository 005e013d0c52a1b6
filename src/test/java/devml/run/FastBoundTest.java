package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.ProgramPlan;
import devml.fast.Workers;
import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the fast evaluator to the reference, equation by equation on the same operands: where no sum and no elementary
 * function is involved, bit by bit; where sums of products are, within the bound that holds for every order of
 * summation, {@code n u sum|a||b|} on each side (Higham 2002, section 3.1).
 */
class FastBoundTest {
    /** The cases are small: here, already a batch of two lies innermost. */
    private static final int LEAST_EXTENT = 2;

    private static final Workers WORKERS = new Workers(2);
    private static final AtomicLong COMPARED = new AtomicLong();

    /** The layers and the notebook's networks; larger ones would take the reference minutes. */
    static List<Path> cases() throws IOException {
        return CasesTest.cases().stream()
                .filter(file -> file.startsWith("testdata"))
                .toList();
    }

    /** Those whose data float32 can hold: three hold numbers near 1e300. */
    static List<Path> float32Cases() throws IOException {
        return cases().stream().filter(FastBoundTest::fitsFloat32).toList();
    }

    private static boolean fitsFloat32(Path file) {
        try {
            load(file, DType.FLOAT32);
            return true;
        } catch (Fault tooLarge) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void float64IsWithinTheBound(Path file) {
        check(file, DType.FLOAT64);
    }

    @ParameterizedTest
    @MethodSource("float32Cases")
    void float32IsWithinTheBound(Path file) {
        check(file, DType.FLOAT32);
    }

    private static void check(Path file, DType dtype) {
        Workload workload = load(file, dtype);
        Set<String> wanted = new HashSet<>(Runner.parameters(workload.network()));
        wanted.addAll(workload.inputs().keySet());
        Program program = Program.of(workload.network(), wanted);
        ProgramPlan plan = ProgramPlan.of(FastEvaluator.storages(program), program.statements(), LEAST_EXTENT);
        Lockstep lockstep = new Lockstep(dtype, program.count(), new FastEvaluator(dtype, plan, WORKERS));
        Workload.Batch batch = workload.batch(0);
        Map<String, Tensor> parameters = new HashMap<>(workload.parameters());
        parameters.putAll(workload.draws(workload.network(), 0));
        Execution.run(program, lockstep, batch.inputs(), parameters, batch.cotangent());
        COMPARED.addAndGet(lockstep.compared());
    }

    /** Equations of elementary functions are not compared here: a layer may have no other, but hardly all. */
    @AfterAll
    static void comparedMany() {
        assertThat(COMPARED.get()).as("elements compared").isGreaterThan(100_000);
    }

    private static Workload load(Path file, DType dtype) {
        return Workload.load(NetworkFile.read(file), new Workload.Overrides(Optional.of(dtype), Optional.empty()));
    }

    @Test
    void theTestSeesAWrongSum() {
        assertThat(Lockstep.isWithin(1.0, 1.0 + 0x1p-45, 10, 1.0, 0x1p-53)).isFalse();
        assertThat(Lockstep.isWithin(1.0, 1.0 + 0x1p-50, 10, 1.0, 0x1p-53)).isTrue();
    }
}
