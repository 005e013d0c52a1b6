package devml.peers;

import devml.format.Npy;
import devml.random.Distribution;
import devml.random.Generator;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks, with data for them. */
final class Nets {
    private static final Path SOURCE = Path.of("src/peers/nets");
    private static final int CLASSES = 10;

    /** The shape of a sample. */
    static final Map<String, List<Integer>> SAMPLES = new LinkedHashMap<>();

    static {
        SAMPLES.put("vgg", List.of(3, 32, 32));
        SAMPLES.put("lenet5", List.of(1, 32, 32));
        SAMPLES.put("mlp", List.of(784));
        SAMPLES.put("residual", List.of(64, 32, 32));
    }

    private Nets() {}

    /** Puts a network with a batch of random samples into a folder of its own, and returns the network file. */
    static Path write(String net, int batch, Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve(net + "-" + batch));
        for (String extension : List.of(".yaml", ".torch")) {
            Files.copy(
                    SOURCE.resolve(net + extension),
                    home.resolve(net + extension),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        List<Integer> dims = new ArrayList<>(SAMPLES.get(net));
        dims.addFirst(batch);
        Shape shape = new Shape(dims);
        Generator generator = Generator.of("default_rng", BigInteger.ZERO);
        double[] x = generator.draw("x", new Distribution.Normal(0, 1), shape.size());
        double[] target = generator.draw("target", new Distribution.Uniform(0, CLASSES), batch);
        Npy.write(home.resolve("x.npy"), new Tensor.Doubles(shape, x));
        Npy.write(
                home.resolve("target.npy"),
                new Tensor.Longs(
                        new Shape(List.of(batch)),
                        Arrays.stream(target).mapToLong(value -> (long) value).toArray()));
        return home.resolve(net + ".yaml");
    }
}
