package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.fault.Source;
import devml.tensor.DType;
import devml.yaml.Document;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Scalar;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network file that has been read but not bound: it is known which layers there are, but not what they are. Every
 * name that a {@code from} reads exists, and no layers read each other in a circle.
 *
 * @param source the text of the file
 * @param folder the folder of the file; the files that it names are relative to it
 * @param name the name of the network; that of the file if it gives none
 * @param dtype the precision, if given
 * @param training whether layers that distinguish training from evaluation are in training
 * @param inputs the inputs, at least one
 * @param layers each after those that it reads by {@link LayerSpec#reads}, otherwise in the order of the file
 * @param loss the loss, a layer named {@code loss}
 * @param random the random generator and its seed
 * @param parameters in the order of the file, which is the order in which NumPy's generators draw them
 * @param outputGradient the gradient of the network's output, if there is no loss
 * @param batch the number of samples that are computed at a time
 * @param expect the reference for {@code check}
 * @param definitions the files that define the user's own layers
 */
public record NetworkFile(
        Source source,
        Path folder,
        String name,
        Optional<DType> dtype,
        boolean training,
        List<InputSpec> inputs,
        List<LayerSpec> layers,
        Optional<LayerSpec> loss,
        RandomSpec random,
        List<ParameterSpec> parameters,
        Optional<DataSpec> outputGradient,
        Optional<Integer> batch,
        Optional<Expectation> expect,
        List<FileName> definitions) {

    private static final List<String> KEYS = List.of(
            "network",
            "dtype",
            "training",
            "definitions",
            "inputs",
            "layers",
            LayerSpec.LOSS,
            "random",
            "parameters",
            "output_gradient",
            "batch",
            "expect");

    /**
     * Reads a network file, but none of the files that it names.
     *
     * @throws Fault if the file cannot be read or does not describe a network
     */
    public static NetworkFile read(Path file) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return read(Document.read(file), folder, name);
    }

    /**
     * Reads a network from a document, like {@link #read(Path)}.
     *
     * @param folder the folder that the files it names are relative to
     * @param defaultName the network's name if the document gives none
     */
    public static NetworkFile read(Document document, Path folder, String defaultName) {
        Fields fields = Fields.of("a network", document.root(), KEYS);
        Place whole = document.root().place();
        RandomSpec random = fields.optional("random").map(RandomSpec::read).orElse(RandomSpec.silent(whole));
        DataParser parser = new DataParser(folder, random.kind());

        List<InputSpec> inputs = entries(fields.required("inputs")).stream()
                .map(entry -> InputSpec.read(entry, parser))
                .toList();
        if (inputs.isEmpty()) {
            throw Fault.at(fields.required("inputs").place(), "a network needs at least one input");
        }
        Graph graph = Graph.read(
                inputs,
                fields.optional("layers").map(NetworkFile::entries).orElse(List.of()),
                fields.entry(LayerSpec.LOSS));
        if (graph.layers().isEmpty() && graph.loss().isEmpty()) {
            throw Fault.at(whole, "a network needs 'layers' or a 'loss'");
        }
        fields.entry("output_gradient").filter(_ -> graph.loss().isPresent()).ifPresent(entry -> {
            throw Fault.at(entry.keyPlace(), "a network with a loss has no 'output_gradient': the loss gives it");
        });
        return new NetworkFile(
                document.source(),
                folder,
                fields.optional("network")
                        .map(node -> Names.require(node.asText(), node.place()))
                        .orElse(defaultName),
                fields.optional("dtype").map(NetworkFile::dtype),
                fields.optional("training").map(Node::asBoolean).orElse(true),
                inputs,
                graph.layers(),
                graph.loss(),
                random,
                fields.optional("parameters").map(NetworkFile::entries).orElse(List.of()).stream()
                        .map(entry -> ParameterSpec.read(entry, parser))
                        .toList(),
                fields.optional("output_gradient").map(parser::read),
                fields.optional("batch").map(NetworkFile::batch),
                fields.optional("expect").map(node -> Expectation.read(node, folder)),
                fields.optional("definitions")
                        .map(node -> definitions(node, folder))
                        .orElse(List.of()));
    }

    private static List<Entry> entries(Node node) {
        return node.asMapping().entries();
    }

    private static DType dtype(Node node) {
        String text = node.asText();
        return Arrays.stream(DType.values())
                .filter(dtype -> dtype.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Fault.at(
                        node.place(),
                        "unknown dtype '" + text + "'"
                                + Nearest.hint(
                                        text,
                                        Arrays.stream(DType.values())
                                                .map(DType::toString)
                                                .toList())));
    }

    private static int batch(Node node) {
        int batch = node.asInt();
        if (batch < 1) {
            throw Fault.at(node.place(), "a batch holds at least 1 sample");
        }
        return batch;
    }

    private static List<FileName> definitions(Node node, Path folder) {
        List<Node> items = node instanceof Scalar ? List.of(node) : node.asList();
        return items.stream().map(item -> FileName.read(item, folder)).toList();
    }
}
