package devml.run;

import devml.format.Format;
import devml.format.TensorFiles;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run hands out.
 *
 * @param gradients by the names of parameters and inputs
 * @param values by the names of layers and buffers
 */
public record Outputs(Map<String, Tensor> gradients, Map<String, Tensor> values) {
    private static final String GRADIENTS = "gradients";
    private static final String VALUES = "values";

    /** All by one name each, which is also their key in a file that holds them all: {@code fc.bias}, {@code values/fc}. */
    public Map<String, Tensor> named() {
        return named("");
    }

    /**
     * Writes files below a directory: {@code gradients/NAME.npy} and {@code values/NAME.npy} (or {@code .csv}), or
     * {@code gradients.npz} (or another format of many tensors), which is called {@code values.npz} where there is no
     * gradient.
     *
     * @return the files written
     * @throws devml.fault.Fault if one cannot be
     */
    public List<Path> write(Path directory, List<Format> formats) {
        List<Path> files = new ArrayList<>();
        for (Format format : formats) {
            String prefix = switch (format) {
                case NPY, CSV -> GRADIENTS + "/";
                case NPZ, SAFETENSORS, JSON -> "";
            };
            String base = gradients.isEmpty() ? VALUES : GRADIENTS;
            files.addAll(TensorFiles.write(named(prefix), format, directory, base));
        }
        return files;
    }

    private Map<String, Tensor> named(String prefix) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        gradients.forEach((name, tensor) -> named.put(prefix + name, tensor));
        values.forEach((name, tensor) -> named.put(VALUES + "/" + name, tensor));
        return named;
    }
}
