package devml.layer;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions that a network may use: those that ship, which are read only when asked for, and the user's own. */
public final class Catalogue {
    private final Map<String, Definition> own = new HashMap<>();

    /**
     * Adds a user's definitions to those that ship.
     *
     * @throws Fault if two of them have one name, or one is named like a layer that ships
     */
    public Catalogue(List<Definition> definitions) {
        for (Definition definition : definitions) {
            String name = definition.name();
            if (own.putIfAbsent(name, definition) != null) {
                throw Fault.at(definition.place(), "a layer '" + name + "' is defined twice");
            }
            if (Shipped.find(name).isPresent()) {
                throw Fault.at(
                        definition.place(), "'" + name + "' is a layer that devml ships; give yours another name");
            }
        }
    }

    /**
     * Returns the definition of a name.
     *
     * @param place where the name was found
     * @throws Fault if there is no layer of that name
     */
    public Definition find(String name, Place place) {
        try {
            return find(name);
        } catch (Fault fault) {
            throw fault.within(place);
        }
    }

    /** Returns the definition of a name that stands in no file. */
    public Definition find(String name) {
        if (own.containsKey(name)) {
            return own.get(name);
        }
        return Shipped.find(name)
                .orElseThrow(() -> Fault.of("there is no layer '" + name + "'" + Nearest.hint(name, names())));
    }

    /**
     * Reads definitions ahead of their use, several at a time, to save time later. Names of no layer that ships are
     * ignored.
     */
    public static void read(Collection<String> names) {
        names.parallelStream().forEach(Shipped::find);
    }

    /** Whether a definition ships, so that a user cannot edit it. */
    public boolean isShipped(Definition definition) {
        return !own.containsKey(definition.name());
    }

    /** The names of all layers, the user's own first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(own.keySet().stream().sorted().toList());
        names.addAll(shipped());
        return names;
    }

    /** The names of the layers that ship, in alphabetical order. */
    public static List<String> shipped() {
        return Shipped.names();
    }
}
