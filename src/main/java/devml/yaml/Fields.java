package devml.yaml;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a mapping whose keys are all known beforehand.
 *
 * @param owner what the mapping describes, for messages: {@code "a network"}
 * @param mapping the mapping
 */
public record Fields(String owner, Mapping mapping) {

    /**
     * Reads a node as such a mapping.
     *
     * @throws Fault if it is not a mapping, or at the first key that is not allowed
     */
    public static Fields of(String owner, Node node, List<String> allowed) {
        Mapping mapping = node.asMapping();
        for (Entry entry : mapping.entries()) {
            if (!allowed.contains(entry.key())) {
                throw unknown(owner, entry, allowed);
            }
        }
        return new Fields(owner, mapping);
    }

    /** Returns a fault at a key that is not allowed, which suggests the nearest one that is. */
    public static Fault unknown(String owner, Entry entry, List<String> allowed) {
        String key = entry.key();
        String hint = key.indexOf(':') > 0 ? "; a space is missing after ':'" : Nearest.hint(key, allowed);
        return Fault.at(entry.keyPlace(), owner + " has no '" + key + "'" + hint);
    }

    /** The entry with a key, if it exists; it need not have a value. */
    public Optional<Entry> entry(String key) {
        for (Entry entry : mapping.entries()) {
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /**
     * The value of a key, if the key exists.
     *
     * @throws Fault if the key exists without a value
     */
    public Optional<Node> optional(String key) {
        return entry(key).map(Entry::required);
    }

    /**
     * The value of a required key.
     *
     * @throws Fault if it is missing
     */
    public Node required(String key) {
        return optional(key).orElseThrow(() -> Fault.at(start(), owner + " needs '" + key + "'"));
    }

    /** The place that a message about something missing points to: the first key, or an empty mapping as a whole. */
    private Place start() {
        return mapping.entries().isEmpty()
                ? mapping.place()
                : mapping.entries().getFirst().keyPlace();
    }
}
