package devml.format;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.nio.file.Path;
import java.util.Map;

/** Finds tensors by name in a file that holds several. */
final class Keys {
    private Keys() {}

    /** Returns the value of a key; if there is none, a fault suggests keys that exist. */
    static <V> V pick(Map<String, V> values, String key, Path file) {
        V value = values.get(key);
        if (value == null) {
            throw Fault.of(file + ": holds no '" + key + "'"
                    + (values.isEmpty() ? "; it is empty" : Nearest.hint(key, values.keySet())));
        }
        return value;
    }
}
