package devml.slip;

import devml.fault.Place;
import devml.fault.Source;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.yaml.Document;

/**
 * One slip in one line of a definition.
 *
 * @param block the key under which the line stands: {@code tensors}, {@code where}, {@code forward}, ...
 * @param place what of the file it replaces
 * @param before what stands there, as the printer writes it
 * @param after what the slip makes of it
 */
public record Slip(String block, Place place, String before, String after) {

    /** The text of the definition with the slip in it. */
    public String text() {
        String whole = place.source().text();
        return whole.substring(0, place.start()) + after + whole.substring(place.end());
    }

    /**
     * The definition with the slip in it.
     *
     * @throws devml.fault.Fault if reading it finds the slip
     */
    public Definition definition() {
        return DefinitionReader.read(Document.read(new Source(place.source().name(), text())));
    }

    /** As the list of equivalent slips names it. */
    @Override
    public String toString() {
        return block + ": " + before + " -> " + after;
    }
}
