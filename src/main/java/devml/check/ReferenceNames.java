package devml.check;

import devml.fault.Fault;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the names in a reference mean. {@code conv.weight} and {@code gradients/conv.weight} are the gradient of a
 * parameter or input, {@code values/pool} is what a layer computes forward, {@code loss} is the loss. So an archive of
 * plain names and the directory that {@code devml run} writes compare with one another.
 */
public final class ReferenceNames {
    private static final String GRADIENTS = "gradients/";
    private static final String VALUES = "values/";
    private static final String LOSS = "loss";

    private ReferenceNames() {}

    /**
     * The same tensors in the same order under canonical names: a gradient's is plain.
     *
     * @throws Fault if two of the names mean the same gradient
     */
    public static SequencedMap<String, Tensor> canonical(Map<String, Tensor> references) {
        SequencedMap<String, Tensor> canonical = new LinkedHashMap<>();
        references.forEach((name, tensor) -> {
            if (canonical.putIfAbsent(canonical(name), tensor) != null) {
                throw Fault.of("the reference holds both '" + canonical(name) + "' and '" + GRADIENTS + canonical(name)
                        + "', which mean the same gradient");
            }
        });
        return canonical;
    }

    /** The gradient of an input that is itself called {@code loss} keeps its prefix, lest it be taken for the loss. */
    private static String canonical(String name) {
        if (!name.startsWith(GRADIENTS)) {
            return name;
        }
        String plain = name.substring(GRADIENTS.length());
        return plain.equals(LOSS) || plain.startsWith(VALUES) ? name : plain;
    }
}
