package devml.network;

import java.util.Optional;

/**
 * Explains why arguments of torch.nn modules are not options of layers: a network says the same elsewhere, or not at
 * all.
 */
final class TorchArguments {
    private TorchArguments() {}

    /**
     * Returns the reason why no layer has an option of this name, as the end of a message; nothing if torch.nn has no
     * such argument either.
     */
    static Optional<String> why(String name) {
        return switch (name) {
            case "in_channels", "in_features", "in1_features", "in2_features" -> fromInput();
            case "num_features", "num_channels", "input_size", "embed_dim", "d_model" -> fromInput();
            case "inplace" -> Optional.of("; a layer never overwrites its input");
            case "device" -> Optional.of("; all is computed by the processor");
            case "dtype" -> Optional.of("; the network has one 'dtype' for all layers");
            case "size_average", "reduce" -> Optional.of("; 'reduction' says what they said");
            default -> Optional.empty();
        };
    }

    private static Optional<String> fromInput() {
        return Optional.of("; it follows from the input's shape");
    }
}
