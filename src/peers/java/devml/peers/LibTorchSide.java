package devml.peers;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.run.Workload;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** libtorch through DJL: a TorchScript module, of which one call is one pass. */
final class LibTorchSide implements Side {
    /** Held, for when it is collected it closes what it made. */
    private final Model model;

    private final Workload workload;
    private final List<String> parameters;
    private final NDManager manager;
    private final Block module;
    private final ParameterStore store;
    private final NDList arguments = new NDList();

    /** The loss and the gradients that the last pass left. */
    private NDList results = new NDList();

    /**
     * Hands the tensors of a workload to libtorch.
     *
     * @param forward the network as statements of TorchScript, in which dots of names are underscores
     */
    LibTorchSide(Workload workload, String forward) throws IOException, MalformedModelException {
        this.workload = workload;
        Map<String, Tensor> tensors = new LinkedHashMap<>(workload.batch(0).inputs());
        tensors.putAll(workload.parameters());
        tensors.replaceAll((_, tensor) -> switch (workload.dtype()) {
            case FLOAT64 -> tensor.toDoubles();
            case FLOAT32 -> tensor.toFloats();
        });
        for (BoundNode node : workload.network().nodes()) {
            node.layer().tensors(Role.INPUT).stream()
                    .filter(BoundTensor::integer)
                    .forEach(input -> tensors.computeIfPresent(
                            node.reads().get(input.input()), (_, values) -> integers(values)));
        }
        this.parameters =
                List.copyOf(workload.network().parameters(Role.PARAM).keySet());
        List<String> names = tensors.keySet().stream().map(LibTorchSide::name).toList();
        byte[] script = TorchScript.archive(
                forward, names, parameters.stream().map(LibTorchSide::name).toList());
        this.model = Model.newInstance("pass", "PyTorch");
        model.load(new ByteArrayInputStream(script));
        this.manager = model.getNDManager();
        this.module = model.getBlock();
        this.store = new ParameterStore(manager, false);
        JniUtils.setGradMode(true); // of this thread
        tensors.values().forEach(tensor -> arguments.add(array(tensor)));
    }

    private static String name(String tensor) {
        return tensor.replace('.', '_');
    }

    private static Tensor integers(Tensor tensor) {
        long[] values = new long[tensor.size()];
        Arrays.setAll(values, i -> (long) tensor.get(i));
        return new Tensor.Longs(tensor.shape(), values);
    }

    private NDArray array(Tensor tensor) {
        ai.djl.ndarray.types.Shape shape = new ai.djl.ndarray.types.Shape(
                tensor.shape().dims().stream().mapToLong(Integer::longValue).toArray());
        return switch (tensor) {
            case Tensor.Doubles(var _, double[] values) -> manager.create(values, shape);
            case Tensor.Floats(var _, float[] values) -> manager.create(values, shape);
            case Tensor.Longs(var _, long[] values) -> manager.create(values, shape);
        };
    }

    @Override
    public void pass() {
        results.close();
        results = module.forward(store, arguments, true);
    }

    @Override
    public Map<String, Tensor> gradients() {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            gradients.put(parameters.get(i), tensor(results.get(i + 1)));
        }
        return gradients;
    }

    private Tensor tensor(NDArray array) {
        List<Integer> dims = new ArrayList<>();
        for (long extent : array.getShape().getShape()) {
            dims.add(Math.toIntExact(extent));
        }
        Shape shape = new Shape(dims);
        return switch (workload.dtype()) {
            case FLOAT64 -> new Tensor.Doubles(shape, array.toDoubleArray());
            case FLOAT32 -> new Tensor.Floats(shape, array.toFloatArray());
        };
    }
}
