package devml.check;

import devml.fault.Fault;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Interprets the names in a reference. {@code conv.weight} and {@code gradients/conv.weight} are the gradient of a
 * parameter or input, {@code values/pool} is what a layer computes forward, {@code loss} is the loss. This makes an
 * archive of plain names comparable with the directory that {@code devml run} writes.
 */
public final class ReferenceNames {
    private static final String GRADIENTS = "gradients/";
    private static final String VALUES = "values/";
    private static final String LOSS = "loss";
    private static final List<String> DISTANCE = List.of(".radius", ".bound");

    private ReferenceNames() {}

    /**
     * Returns the same tensors in the same order under canonical names: the name of a gradient has no prefix. The
     * distances from exact numbers that {@code run --oracle} and {@code run --bounds} write beside the numbers are left
     * out, since there is nothing to compare them with.
     *
     * @throws Fault if two of the names mean the same gradient
     */
    public static SequencedMap<String, Tensor> canonical(Map<String, Tensor> references) {
        SequencedMap<String, Tensor> canonical = new LinkedHashMap<>();
        references.forEach((name, tensor) -> {
            if (DISTANCE.stream().anyMatch(suffix -> isBeside(name, suffix, references))) {
                return;
            }
            if (canonical.putIfAbsent(canonical(name), tensor) != null) {
                throw Fault.of("the reference holds both '" + canonical(name) + "' and '" + GRADIENTS + canonical(name)
                        + "', which mean the same gradient");
            }
        });
        return canonical;
    }

    private static boolean isBeside(String name, String suffix, Map<String, Tensor> references) {
        Tensor numbers = references.get(name.substring(0, Math.max(0, name.length() - suffix.length())));
        return name.endsWith(suffix)
                && numbers != null
                && numbers.shape().equals(references.get(name).shape());
    }

    /**
     * The gradient of an input that is itself called {@code loss} keeps its prefix, so that it is not taken for the
     * loss.
     */
    private static String canonical(String name) {
        if (!name.startsWith(GRADIENTS)) {
            return name;
        }
        String plain = name.substring(GRADIENTS.length());
        return plain.equals(LOSS) || plain.startsWith(VALUES) ? name : plain;
    }
}
