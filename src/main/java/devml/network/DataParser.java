package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.tensor.Shape;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the settings of a network file that stand for data: numbers, files, random draws and constants.
 *
 * @param folder the folder that file names are relative to
 * @param random the generator, which determines the words for draws
 */
record DataParser(Path folder, RandomSpec.Kind random) {
    private static final List<String> CONSTANTS = List.of("zeros", "ones", "full");

    /** Text that can only be meant as a number, even if it is not well-formed. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?\\.?([0-9][0-9a-fxo_.:+-]*|inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

    private static final Pattern FILE = Pattern.compile(".*[./\\\\#].*");

    /** The keys that identify a mapping as data; such a mapping has exactly one of them. */
    List<String> kinds() {
        return Stream.concat(random.words().stream(), CONSTANTS.stream()).toList();
    }

    DataSpec read(Node node) {
        return switch (node) {
            case Scalar scalar -> word(scalar);
            case Sequence list -> InlineData.read(list);
            case Mapping mapping -> mapping(mapping);
        };
    }

    private DataSpec word(Scalar scalar) {
        String text = scalar.asText();
        if (text.equals("zeros") || text.equals("ones")) {
            return new DataSpec.Constant(text.equals("ones") ? 1 : 0, Optional.empty(), scalar.place());
        }
        if (random.words().contains(text)) {
            return new DataSpec.Draw(DrawWords.standard(text), Optional.empty(), scalar.place());
        }
        if (NUMBER.matcher(text).matches() || InlineData.isTruth(scalar)) {
            return InlineData.read(scalar);
        }
        if (FILE.matcher(text).matches()) {
            return file(scalar);
        }
        DrawWords.refuseForeign(text, random, scalar.place());
        throw Fault.at(
                scalar.place(),
                "'" + text + "' is neither a file nor a number nor a kind of data" + Nearest.hint(text, kinds()));
    }

    private DataSpec file(Scalar scalar) {
        String text = scalar.text();
        int hash = text.indexOf('#');
        String path = hash < 0 ? text : text.substring(0, hash);
        Optional<String> key = hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1));
        if (path.isEmpty() || key.filter(String::isEmpty).isPresent()) {
            throw Fault.at(scalar.place(), "expected FILE#NAME, such as weights.npz#conv.weight");
        }
        return new DataSpec.FromFile(FileName.of(path, folder, scalar.place()), key);
    }

    private DataSpec mapping(Mapping mapping) {
        List<Entry> kinds =
                mapping.entries().stream().filter(e -> !e.key().equals("shape")).toList();
        if (kinds.size() != 1) {
            throw Fault.at(
                    kinds.isEmpty() ? mapping.place() : kinds.get(1).keyPlace(),
                    "expected one of " + String.join(", ", kinds()));
        }
        Entry kind = kinds.getFirst();
        Node value = kind.required();
        Optional<Entry> shape =
                mapping.entries().stream().filter(e -> e.key().equals("shape")).findFirst();
        return switch (kind.key()) {
            case "full" -> new DataSpec.Constant(value.asDouble(), shape.map(DataParser::shape), mapping.place());
            case "zeros" -> new DataSpec.Constant(0, Optional.of(onlyShape(value, shape)), mapping.place());
            case "ones" -> new DataSpec.Constant(1, Optional.of(onlyShape(value, shape)), mapping.place());
            default -> drawn(kind, value, shape, mapping);
        };
    }

    private DataSpec drawn(Entry kind, Node value, Optional<Entry> shape, Mapping mapping) {
        String word = kind.key();
        if (!random.words().contains(word)) {
            DrawWords.refuseForeign(word, random, kind.keyPlace());
            throw Fault.at(kind.keyPlace(), "data cannot be given by '" + word + "'" + Nearest.hint(word, kinds()));
        }
        return DrawWords.takesParameters(word)
                ? new DataSpec.Draw(
                        DrawWords.withParameters(word, value), shape.map(DataParser::shape), mapping.place())
                : new DataSpec.Draw(DrawWords.standard(word), Optional.of(onlyShape(value, shape)), mapping.place());
    }

    private static Shape shape(Entry entry) {
        return Extents.read(entry.required());
    }

    private static Shape onlyShape(Node value, Optional<Entry> shape) {
        shape.ifPresent(entry -> {
            throw Fault.at(entry.keyPlace(), "the shape is given twice");
        });
        return Extents.read(value);
    }
}
