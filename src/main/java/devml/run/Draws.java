package devml.run;

import devml.layer.BoundTensor;
import devml.layer.InitialValue;
import devml.network.Network;
import devml.random.Bernoulli;
import devml.tensor.Tensor;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors that are drawn for each batch. */
final class Draws {
    private Draws() {}

    /**
     * Draws them. The elements of all batches are numbered in one row, so that a sample's do not depend on how the
     * samples are cut into batches.
     *
     * @param network bound to the shapes of the batch
     * @param first bound to those of the first batch
     * @param batch its number
     */
    static Map<String, Tensor> of(Network network, Network first, int batch, BigInteger seed) {
        Map<String, Tensor> drawn = new LinkedHashMap<>();
        network.drawn().forEach((name, tensor) -> {
            if (tensor.start().orElseThrow() instanceof InitialValue.Bernoulli(double probability)) {
                long before = (long) batch * first.drawn().get(name).shape().size();
                drawn.put(name, draw(name, tensor, probability, before, seed));
            }
        });
        return drawn;
    }

    private static Tensor draw(String name, BoundTensor tensor, double probability, long before, BigInteger seed) {
        double[] values = Bernoulli.draw(
                seed.longValue(), name, probability, before, tensor.shape().size());
        return new Tensor.Doubles(tensor.shape(), values);
    }
}
