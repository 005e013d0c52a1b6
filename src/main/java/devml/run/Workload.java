package devml.run;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.format.TensorFiles;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.InitialValue;
import devml.network.DataLoader;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.network.ParameterSpec;
import devml.random.Bernoulli;
import devml.random.Distribution;
import devml.random.Generator;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network with everything that it needs to run.
 *
 * @param network bound to the shapes of one batch
 * @param dtype the precision in which it runs
 * @param seed what the generators were seeded with
 * @param inputs the data of each input, all samples; in their files, if they are cut into batches and can be
 * @param parameters every parameter and buffer
 * @param cotangent the gradient of the output, all samples, if the network file gives it
 */
public record Workload(
        Network network,
        DType dtype,
        BigInteger seed,
        Map<String, Rows> inputs,
        Map<String, Tensor> parameters,
        Optional<Rows> cotangent) {

    /** Fresh seeds have as many bits as every generator takes. */
    private static final int SEED_BITS = 32;

    /**
     * What the command line says instead of the network file.
     *
     * @param dtype the precision
     * @param seed of the generators
     */
    public record Overrides(Optional<DType> dtype, Optional<BigInteger> seed) {
        public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());
    }

    /**
     * Reads the data of a network, binds it to their shapes and draws its parameters.
     *
     * @throws Fault if data are missing or do not fit
     */
    public static Workload load(NetworkFile file, Overrides overrides) {
        DType dtype = overrides.dtype().or(file::dtype).orElse(DType.FLOAT64);
        BigInteger seed = overrides
                .seed()
                .or(() -> file.random().seed())
                .orElseGet(() -> new BigInteger(SEED_BITS, new SecureRandom()));
        Generator generator = Generator.of(file.random().kind().toString(), seed);
        DataLoader loader = new DataLoader(generator, TensorFiles::readOne);
        InputData data = new InputData(file, loader, dtype);
        Map<String, Rows> inputs = data.load();
        Batches batches = Batches.of(file, inputs);
        Joining joining = Joining.of(file, batches);
        Network network = joining.bind(file, batches.shapes(0));
        DistinctNames.require(network);
        Map<String, Tensor> parameters = parameters(network, loader, seed, dtype);
        Optional<Rows> cotangent =
                data.cotangent(joining.whole(network.outputTensor().shape(), batches.samples()));
        return new Workload(network, dtype, seed, inputs, parameters, cotangent);
    }

    /**
     * What one batch is computed from.
     *
     * @param inputs the inputs' samples
     * @param cotangent the gradient of the output, if the network file gives it
     */
    public record Batch(Map<String, Tensor> inputs, Optional<Tensor> cotangent) {}

    /** How many batches there are. */
    public int batches() {
        return cut().count();
    }

    /** Reads a batch, counted from 0. */
    public Batch batch(int number) {
        Batches cut = cut();
        return new Batch(
                cut.tensors(number), cotangent.map(rows -> isWhole(rows) ? rows.whole() : cut.slice(rows, number)));
    }

    /** Whether the gradient is of an output that each batch makes part of, not of rows for samples. */
    private boolean isWhole(Rows cotangent) {
        return cotangent.dims().equals(network.outputTensor().shape().dims());
    }

    /** How what the batches yield is put together. */
    Joining joining() {
        return Joining.of(network.file(), cut());
    }

    /** The names of the values that have a row for each sample: those of batches come one behind the other. */
    Set<String> rows() {
        if (cut().count() == 1) {
            return Set.of();
        }
        try {
            return NetworkAdditivity.of(network.file(), cut(), joining() == Joining.DIVIDED)
                    .rows();
        } catch (Fault fault) { // it takes no other numbers of samples
            return NetworkAdditivity.rows(network, cut().samples(0));
        }
    }

    /** The network, bound to the shapes of a batch. */
    Network bound(int batch) {
        Batches cut = cut();
        boolean isAlike = cut.samples(batch) == cut.samples(0);
        return isAlike ? network : joining().bind(network.file(), cut.shapes(batch));
    }

    Batches cut() {
        return Batches.of(network.file(), inputs);
    }

    private static Map<String, Tensor> parameters(Network network, DataLoader loader, BigInteger seed, DType dtype) {
        Starts starts = new Starts(seed);
        Map<String, BoundTensor> needed = new LinkedHashMap<>(network.parameters(Role.PARAM));
        needed.putAll(network.parameters(Role.BUFFER));
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (ParameterSpec spec : network.file().parameters()) {
            BoundTensor tensor = needed.get(spec.name());
            if (tensor == null) {
                throw Fault.at(
                        spec.place(),
                        "the network has no parameter '" + spec.name() + "'"
                                + Nearest.hint(spec.name(), names(needed)));
            }
            given.put(
                    spec.name(),
                    loader.load(spec.name(), spec.data(), Optional.of(tensor.shape()), Optional.of(dtype)));
        }
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        needed.forEach((name, tensor) -> parameters.put(
                name, given.containsKey(name) ? given.get(name) : rounded(starts.draw(name, tensor), dtype)));
        parameters.putAll(Draws.of(network, network, 0, seed));
        return parameters;
    }

    /** Numbers that are drawn in float64, in the precision of the network. */
    private static Tensor rounded(Tensor drawn, DType dtype) {
        return dtype == DType.FLOAT32 ? drawn.toFloats() : drawn;
    }

    /**
     * What is drawn for a batch, by name.
     *
     * @param bound bound to the shapes of the batch
     */
    Map<String, Tensor> draws(Network bound, int batch) {
        return Draws.of(bound, network, batch, seed);
    }

    private static List<String> names(Map<String, BoundTensor> needed) {
        return new ArrayList<>(needed.keySet());
    }

    /** Draws what the network file does not give, each tensor from a stream of its own. */
    private record Starts(BigInteger seed) {
        Tensor draw(String name, BoundTensor tensor) {
            InitialValue start = tensor.start()
                    .orElseThrow(() -> Fault.of("nothing says what '" + name + "' is: set it under 'parameters:'"));
            double[] values = switch (start) {
                case InitialValue.Constant(double value) -> {
                    double[] same = new double[tensor.shape().size()];
                    java.util.Arrays.fill(same, value);
                    yield same;
                }
                case InitialValue.Uniform(double low, double high) ->
                    draw(name, new Distribution.Uniform(low, high), tensor.shape());
                case InitialValue.Bernoulli(double probability) ->
                    Bernoulli.draw(
                            seed.longValue(),
                            name,
                            probability,
                            0,
                            tensor.shape().size());
                case InitialValue.Normal(double mean, double deviation) ->
                    draw(name, new Distribution.Normal(mean, deviation), tensor.shape());
            };
            return new Tensor.Doubles(tensor.shape(), values);
        }

        private double[] draw(String name, Distribution distribution, Shape shape) {
            BigInteger key = seed.mod(BigInteger.TWO.pow(Long.SIZE));
            return Generator.of("devml", key).draw(name, distribution, shape.size());
        }
    }
}
