package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.yaml.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The name of a file in a network file.
 *
 * @param path relative to the working directory, not to the network file
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
