package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Statement;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.run.Evaluator;
import devml.run.Execution;
import devml.run.ReferenceEvaluator;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the backward equations of every shipped definition against the derivative of its forward ones: with J the
 * Jacobian, dy a cotangent and v a direction, dy . (J v) by duals must be (dy J) . v by the backward equations.
 */
class DualEquationsTest {
    /**
     * Relative to the sum of the magnitudes that are added up: some hundred roundings of 2^-104 (5e-32), and what cancels
     * within an entry (the softmaxes, batch norm). The worst is 4e-32.
     */
    private static final double TOLERANCE = 1e-30;

    /** Whose gradients are not the derivative, on purpose, as PyTorch's are not; or not to 30 digits. */
    private static final Set<String> EXCEPTIONS = Set.of(
            // Low parts overflow beside 1e300; and 1 - 1, at the least of doubles, leaves nothing of a derivative of
            // 1e-646.
            "binary_cross_entropy_with_logits/large.yaml", "tanhshrink/kinks.yaml");

    static List<Path> smoothCases() throws IOException {
        return Runs.files("testdata/layers").stream()
                .filter(file -> isSmooth(Runs.of(file)))
                .toList();
    }

    private static boolean isSmooth(Runs runs) {
        OracleNumbers balls =
                runs.run(new OracleNumbers(DType.FLOAT64, runs.program().count(), 0));
        boolean finite = runs.computed().values().stream().allMatch(tensor -> {
            Tensor values = balls.midpoint(tensor, runs.shape(tensor));
            Tensor radii = balls.radius(tensor, runs.shape(tensor));
            for (int i = 0; i < values.size(); i++) {
                if (!Double.isFinite(values.get(i)) || !Double.isFinite(radii.get(i))) {
                    return false;
                }
            }
            return true;
        });
        return finite && balls.kinks().isEmpty();
    }

    @ParameterizedTest
    @MethodSource("smoothCases")
    void backwardIsTheDerivativeOfForward(Path file) {
        Runs runs = Runs.of(file);
        DualNumbers numbers = new DualNumbers(runs.program().count());
        Map<String, Tensor> directions = new HashMap<>();
        runs.program().gradients().forEach((name, number) -> directions.put(name, random(name, runs.shape(number))));
        Execution.run(
                runs.program(),
                new Seeding(
                        new ReferenceEvaluator(numbers, runs.program().count()),
                        () -> directions.forEach((name, v) -> numbers.seed(primal(runs, name), v))),
                runs.batch().inputs(),
                runs.workload().parameters(),
                runs.batch().cotangent());

        Sum forward = new Sum();
        int output = runs.program().network().outputTensor().number();
        for (int i = 0; i < runs.shape(output).size(); i++) {
            DD cotangent = numbers.dual(runs.program().cotangent(), i).value();
            forward.add(cotangent.multiply(numbers.dual(output, i).tangent()));
        }
        Sum backward = new Sum();
        directions.forEach((name, v) -> {
            int gradient = runs.program().gradients().get(name);
            for (int i = 0; i < v.size(); i++) {
                backward.add(numbers.dual(gradient, i).value().multiply(v.get(i)));
            }
        });
        double error = forward.total.subtract(backward.total).hi() / Math.max(forward.size, backward.size);
        assertThat(Math.abs(error) < TOLERANCE)
                .as("%s: the error of %s is small", file, error)
                .isEqualTo(EXCEPTIONS.stream().noneMatch(file::endsWith));
    }

    private static Tensor random(String name, Shape shape) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        double[] values = random.doubles(shape.size(), -1, 1).toArray();
        return new Tensor.Doubles(shape, values);
    }

    /** The tensor whose gradient has this name. */
    private static int primal(Runs runs, String name) {
        if (runs.program().inputs().containsKey(name)) {
            return runs.program().inputs().get(name);
        }
        for (BoundNode node : runs.program().network().nodes()) {
            for (BoundTensor tensor : node.layer().tensors(Role.PARAM)) {
                if (name.equals(node.name() + "." + tensor.name())) {
                    return tensor.number();
                }
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static final class Sum {
        private DD total = DD.ZERO;
        private double size = Double.MIN_NORMAL;

        void add(DD term) {
            total = total.add(term);
            size += Math.abs(term.hi());
        }
    }

    /** Does something between the tensors' being set and the first equation. */
    private static final class Seeding implements Evaluator {
        private final Evaluator evaluator;
        private final Runnable before;
        private boolean done;

        Seeding(Evaluator evaluator, Runnable before) {
            this.evaluator = evaluator;
            this.before = before;
        }

        @Override
        public void allocate(int tensor, int size, boolean integer) {
            evaluator.allocate(tensor, size, integer);
        }

        @Override
        public void share(int tensor, int existing) {
            evaluator.share(tensor, existing);
        }

        @Override
        public void put(int tensor, Tensor values, boolean integer) {
            evaluator.put(tensor, values, integer);
        }

        @Override
        public Tensor get(int tensor, Shape shape, boolean integer) {
            return evaluator.get(tensor, shape, integer);
        }

        @Override
        public void run(Statement statement) {
            if (!done) {
                before.run();
                done = true;
            }
            evaluator.run(statement);
        }
    }
}
