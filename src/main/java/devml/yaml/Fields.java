package devml.yaml;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a mapping of which every key is known beforehand.
 *
 * @param owner what the mapping describes, as messages call it: {@code "a network"}
 */
public record Fields(String owner, Mapping mapping) {

    /**
     * Reads a node as such a mapping.
     *
     * @throws Fault if it is no mapping, or at the first key that is not allowed
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

    /** A fault at a key that does not belong there, with the nearest one that does. */
    public static Fault unknown(String owner, Entry entry, List<String> allowed) {
        String key = entry.key();
        String hint = key.indexOf(':') > 0 ? "; a space is missing after ':'" : Nearest.hint(key, allowed);
        return Fault.at(entry.keyPlace(), owner + " has no '" + key + "'" + hint);
    }

    /** The entry of a key, if the key is there; whether it has a value is not asked. */
    public Optional<Entry> entry(String key) {
        for (Entry entry : mapping.entries()) {
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /**
     * The value of a key, if the key is there.
     *
     * @throws Fault if the key is there without a value
     */
    public Optional<Node> optional(String key) {
        return entry(key).map(Entry::required);
    }

    /**
     * The value of a key that must be there.
     *
     * @throws Fault if it is not
     */
    public Node required(String key) {
        return optional(key).orElseThrow(() -> Fault.at(start(), owner + " needs '" + key + "'"));
    }

    /** The first key, or the whole of an empty mapping: where a message about something missing points. */
    private Place start() {
        return mapping.entries().isEmpty()
                ? mapping.place()
                : mapping.entries().getFirst().keyPlace();
    }
}
