package devml.run;

import devml.fault.Fault;
import devml.format.FileAccess;
import devml.format.Format;
import devml.format.TensorFiles;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run hands out.
 *
 * @param gradients by the names of parameters and inputs
 * @param values by the names of layers and buffers
 * @param bounds how far elements may be from what the equations yield, by the names that files have: those of
 *     gradients, values and the loss
 * @param loss if the network has one
 * @param spooled NPY files that hold some of them already, where {@link #write} would write them
 */
public record Outputs(
        Map<String, Rows> gradients,
        Map<String, Rows> values,
        Map<String, Rows> bounds,
        Optional<Tensor> loss,
        List<Path> spooled) {
    /** Ends the names of bounds. */
    static final String BOUND = ".bound";

    static final String GRADIENTS = "gradients";
    static final String VALUES = "values";

    /** All by one name each, which is also their key in a file that holds them all: {@code fc.bias}, {@code values/fc}. */
    public Map<String, Rows> named() {
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
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            named(prefix).forEach((name, rows) -> {
                Path own = directory.resolve(name + "." + format.extension());
                if (format == Format.NPY && spooled.contains(own)) {
                    files.add(own);
                } else {
                    tensors.put(name, rows.whole());
                }
            });
            files.addAll(TensorFiles.write(tensors, format, directory, base));
        }
        if (!formats.contains(Format.NPY)) {
            spooled.forEach(Outputs::delete);
        }
        return files;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
            try (Stream<Path> others = Files.list(file.getParent())) {
                if (others.findAny().isEmpty()) {
                    Files.delete(file.getParent());
                }
            }
        } catch (IOException e) {
            throw Fault.of(file + ": cannot be deleted: " + FileAccess.reason(e), e);
        }
    }

    /** Those that are no bounds, named likewise. */
    public Map<String, Rows> tensors() {
        return tensors("");
    }

    /** The bounds of gradients and values, by the names of these, and that of the loss. */
    public Map<String, Rows> boundsByName() {
        Map<String, Rows> named = new LinkedHashMap<>();
        bounds.forEach((name, bound) -> named.put(plain(name), bound));
        return named;
    }

    private static String plain(String name) {
        return name.startsWith(GRADIENTS + "/") ? name.substring(GRADIENTS.length() + 1) : name;
    }

    private Map<String, Rows> named(String prefix) {
        Map<String, Rows> named = tensors(prefix);
        bounds.forEach((name, bound) ->
                named.put((name.startsWith(VALUES + "/") ? name : prefix + plain(name)) + BOUND, bound));
        return named;
    }

    private Map<String, Rows> tensors(String prefix) {
        Map<String, Rows> named = new LinkedHashMap<>();
        gradients.forEach((name, tensor) -> named.put(prefix + name, tensor));
        values.forEach((name, tensor) -> named.put(VALUES + "/" + name, tensor));
        return named;
    }
}
