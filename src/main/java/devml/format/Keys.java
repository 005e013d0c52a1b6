package devml.format;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.nio.file.Path;
import java.util.Map;

/** Names of tensors within a file of several. */
final class Keys {
    private Keys() {}

    /** The value of a key, or a fault that hints at the keys there are. */
    static <V> V pick(Map<String, V> values, String key, Path file) {
        V value = values.get(key);
        if (value == null) {
            throw Fault.of(file + ": holds no '" + key + "'"
                    + (values.isEmpty() ? "; it is empty" : Nearest.hint(key, values.keySet())));
        }
        return value;
    }
}
