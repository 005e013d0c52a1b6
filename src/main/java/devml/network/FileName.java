package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.yaml.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file that a network file names.
 *
 * @param path relative to where devml runs, no longer to the network file
 * @param place where the network file names it
 */
public record FileName(Path path, Place place) {

    static FileName read(Node node, Path folder) {
        return of(node.asText(), folder, node.place());
    }

    static FileName of(String text, Path folder, Place place) {
        try {
            return new FileName(folder.resolve(text).normalize(), place);
        } catch (InvalidPathException e) {
            throw Fault.at(place, "'" + text + "' cannot be the name of a file: " + e.getReason());
        }
    }
}
