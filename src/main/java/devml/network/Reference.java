package devml.network;

import devml.fault.Place;
import java.util.Optional;
import java.util.Set;

/** The place where an input, a layer or one of its outputs is read by name. */
public record Reference(String name, Place place) {

    /**
     * Returns the input or layer that the name refers to: the longest name that is a prefix of this one, part by part.
     */
    Optional<String> owner(Set<String> names) {
        String owner = name;
        while (!names.contains(owner)) {
            int dot = owner.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            owner = owner.substring(0, dot);
        }
        return Optional.of(owner);
    }
}
