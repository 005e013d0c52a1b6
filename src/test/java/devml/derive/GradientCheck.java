package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor.Role;
import devml.layer.Definition;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Holds the derived backward equations of a definition against differences of its forward equations. */
final class GradientCheck {
    private static final double STEP = 1e-5;

    /**
     * Relative to the largest entry. A central difference with this step errs by STEP^2 times a third derivative, here
     * below 1e3, and by the rounding of two values of size 10 over 2 STEP: 1e-10.
     */
    private static final double TOLERANCE = 2e-7;

    private GradientCheck() {}

    /**
     * Checks the gradients of all inputs and parameters of real numbers.
     *
     * @param options as the network file has them
     * @param given inputs and parameters by name
     */
    static void check(Definition definition, String options, Map<String, Tensor> given) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        definition.inputs().forEach(input -> {
            if (given.containsKey(input.name())) {
                shapes.put(input.name(), given.get(input.name()).shape());
            }
        });
        given.keySet().stream()
                .filter(name -> name.contains("."))
                .forEach(name -> shapes.put(name, given.get(name).shape()));
        BoundLayer layer = Definitions.bind(definition, options, shapes, true);
        Map<String, Tensor> cotangents = new HashMap<>();
        Random random = new Random(1);
        layer.tensors(Role.OUTPUT).forEach(y -> cotangents.put("d" + y.name(), random(y.shape(), random)));
        Map<String, Tensor> all = new HashMap<>(given);
        all.putAll(cotangents);
        Map<String, Tensor> results = Definitions.run(layer, all);
        given.forEach((name, tensor) -> {
            if (!(tensor instanceof Tensor.Longs)) {
                assertThat(results).as("the tensors of the layer").containsKey("d" + name);
                double[] gradient = Definitions.values(results.get("d" + name));
                double[] difference = new double[gradient.length];
                for (int i = 0; i < gradient.length; i++) {
                    double above = value(layer, all, name, i, STEP);
                    difference[i] = (above - value(layer, all, name, i, -STEP)) / (2 * STEP);
                }
                assertClose(name, gradient, difference);
            }
        });
    }

    /** The sum of all outputs, weighted with their cotangents, when one entry of a tensor is moved by a step. */
    private static double value(BoundLayer layer, Map<String, Tensor> given, String name, int entry, double step) {
        double[] moved = Definitions.values(given.get(name)).clone();
        moved[entry] += step;
        Map<String, Tensor> all = new HashMap<>(given);
        all.put(name, Definitions.reals(given.get(name).shape(), moved));
        Map<String, Tensor> results = Definitions.run(layer, all);
        double sum = 0;
        for (var output : layer.tensors(Role.OUTPUT)) {
            double[] y = Definitions.values(results.get(output.name()));
            double[] dy = Definitions.values(given.get("d" + output.name()));
            for (int i = 0; i < y.length; i++) {
                sum += y[i] * dy[i];
            }
        }
        return sum;
    }

    private static void assertClose(String name, double[] gradient, double[] difference) {
        double largest = 1e-3;
        for (double d : difference) {
            largest = Math.max(largest, Math.abs(d));
        }
        for (int i = 0; i < gradient.length; i++) {
            assertThat(Math.abs(gradient[i] - difference[i]) / largest)
                    .as("d%s[%d] is %s, the difference %s", name, i, gradient[i], difference[i])
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /** Numbers from 0.3 to 1.7, none near another or near a kink at a whole number or a tenth. */
    static Tensor random(Shape shape, Random random) {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.3 + 0.1 * random.nextInt(14) + 0.02 + 0.06 * random.nextDouble();
        }
        return new Tensor.Doubles(shape, values);
    }
}
