package devml.network;

import devml.fault.Place;
import java.util.Optional;
import java.util.Set;

/** A name that stands for an input, a layer or one of its outputs, where it is read. */
public record Reference(String name, Place place) {

    /** The input or layer itself: the longest of the names with which this one begins, part by part. */
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
