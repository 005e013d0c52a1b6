package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.Binder;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.layer.Families;
import devml.notation.Declaration;
import devml.tensor.Shape;
import devml.yaml.Document;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network whose layers are bound to the shapes of its inputs.
 *
 * @param file what it was read from
 * @param inputs the shape of each network input
 * @param nodes the layers in the order in which they run; the loss, if there is one, is the last
 * @param output the node whose output is the network's: the loss, or the last layer in the file
 */
public record Network(NetworkFile file, Map<String, Shape> inputs, List<BoundNode> nodes, BoundNode output) {
    public Network {
        nodes = List.copyOf(nodes);
    }

    /**
     * Binds a network file.
     *
     * @param inputs the shape of each input, of one batch
     * @throws Fault if a layer is unknown, or its options or the shapes that it gets do not fit it
     */
    public static Network bind(NetworkFile file, Map<String, Shape> inputs) {
        return new Binding(file, inputs).bind();
    }

    /** The node of a name; {@code conv.relu} is the activation of {@code conv}. */
    public Optional<BoundNode> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** Every parameter and buffer under the name that a network file gives it: {@code conv.weight}. */
    public Map<String, BoundTensor> parameters(Role role) {
        Map<String, BoundTensor> parameters = new LinkedHashMap<>();
        for (BoundNode node : nodes) {
            node.layer().tensors(role).forEach(tensor -> parameters.put(node.name() + "." + tensor.name(), tensor));
        }
        return parameters;
    }

    /** How many tensors the layers have, which are numbered from 0. */
    public int tensorCount() {
        return nodes.stream().mapToInt(node -> node.layer().tensors().size()).sum();
    }

    /** The state while a network is bound: the shape of every value so far. */
    private static final class Binding {
        private final NetworkFile file;
        private final Map<String, Shape> inputs;
        private final Catalogue catalogue;
        private final Map<String, Shape> shapes;
        private final Map<String, String> activated = new LinkedHashMap<>();
        private final List<BoundNode> nodes = new ArrayList<>();
        private int tensors;

        Binding(NetworkFile file, Map<String, Shape> inputs) {
            this.file = file;
            this.inputs = inputs;
            this.shapes = new LinkedHashMap<>(inputs);
            this.catalogue = new Catalogue(
                    file.definitions().stream().map(name -> definition(name)).toList());
        }

        private static Definition definition(FileName name) {
            try {
                return DefinitionReader.read(Document.read(name.path()));
            } catch (Fault fault) {
                throw fault.within(name.place());
            }
        }

        Network bind() {
            List<LayerSpec> ordered = Order.of(
                    file.layers(),
                    layer -> Stream.concat(layer.reads().stream(), named(layer, definition(layer)).values().stream())
                            .toList());
            Stream.concat(ordered.stream(), file.loss().stream()).forEach(this::add);
            String last = file.loss()
                    .or(() -> file.layers().stream()
                            .max(Comparator.comparingInt(layer -> layer.place().start())))
                    .map(LayerSpec::name)
                    .orElseThrow();
            String output = activated.getOrDefault(last, last);
            return new Network(
                    file,
                    inputs,
                    nodes,
                    nodes.stream()
                            .filter(node -> node.name().equals(output))
                            .findFirst()
                            .orElseThrow());
        }

        private Definition definition(LayerSpec spec) {
            return catalogue.find(spec.layer(), spec.layerPlace());
        }

        private void add(LayerSpec spec) {
            Definition definition = definition(spec);
            Map<String, Reference> reads = reads(spec, definition);
            Map<String, Node> options = options(spec, definition);
            add(spec.name(), definition, reads, options, spec.place());
            spec.activation().ifPresent(activation -> {
                Definition function = catalogue.find(activation.layer(), activation.place());
                String name = spec.name() + "." + activation.layer();
                Map<String, Reference> input =
                        Map.of(function.inputs().getFirst().name(), new Reference(spec.name(), activation.place()));
                add(name, function, input, options(function, activation.options()), activation.place());
                activated.put(spec.name(), name);
            });
        }

        private void add(
                String name,
                Definition definition,
                Map<String, Reference> reads,
                Map<String, Node> options,
                Place place) {
            Map<String, Shape> given = new LinkedHashMap<>();
            Map<String, String> sources = new LinkedHashMap<>();
            reads.forEach((input, reference) -> {
                String source = activated.getOrDefault(reference.name(), reference.name());
                Shape shape = shapes.get(source);
                if (shape == null) {
                    throw Fault.at(
                            reference.place(),
                            "'%s' reads '%s', which is neither an input nor a layer%s"
                                    .formatted(
                                            name, reference.name(), Nearest.hint(reference.name(), shapes.keySet())));
                }
                given.put(input, shape);
                sources.put(input, source);
            });
            Binder.Request request = new Binder.Request(name, options, given, file.training(), place);
            BoundLayer layer = Binder.bind(definition, request, tensors);
            tensors += layer.tensors().size();
            BoundNode node = new BoundNode(layer, sources, place);
            nodes.add(node);
            node.outputs().forEach((value, output) -> shapes.put(value, output.shape()));
            activated.put(node.fullName(node.output()), name);
        }

        /** What each input of the definition reads: those of {@code from} in order, the others by name. */
        private static Map<String, Reference> reads(LayerSpec spec, Definition definition) {
            Map<String, Reference> reads = new LinkedHashMap<>();
            Map<String, Reference> named = named(spec, definition);
            List<Declaration> open = definition.inputs().stream()
                    .filter(input -> !named.containsKey(input.name()))
                    .toList();
            List<Reference> from = open.isEmpty() && spec.from().isEmpty() ? List.of() : spec.reads();
            int next = 0;
            for (Declaration input : open) {
                Optional<String> family = Families.indexOf(input.name());
                if (family.isPresent()) {
                    String stem = input.name().substring(0, input.name().indexOf('.') + 1);
                    for (int member = 0; next < from.size(); member++) {
                        reads.put(stem + member, from.get(next++));
                    }
                } else if (next < from.size()) {
                    reads.put(input.name(), from.get(next++));
                }
            }
            if (next < from.size()) {
                throw Fault.at(
                        from.get(next).place(),
                        "%s takes %d %s; 'from' names %d"
                                .formatted(
                                        definition.name(),
                                        open.size(),
                                        open.size() == 1 ? "input" : "inputs",
                                        from.size()));
            }
            reads.putAll(named);
            return reads;
        }

        private static Map<String, Reference> named(LayerSpec spec, Definition definition) {
            Map<String, Reference> named = new LinkedHashMap<>();
            for (Entry entry : spec.options()) {
                boolean isInput = !definition.options().containsKey(entry.key())
                        && definition.inputs().stream().anyMatch(i -> i.name().equals(entry.key()));
                if (isInput) {
                    Node value = entry.required();
                    named.put(entry.key(), new Reference(value.asText(), value.place()));
                }
            }
            return named;
        }

        private static Map<String, Node> options(LayerSpec spec, Definition definition) {
            List<String> inputs =
                    definition.inputs().stream().map(Declaration::name).toList();
            return options(
                    definition,
                    spec.options().stream()
                            .filter(e -> definition.options().containsKey(e.key()) || !inputs.contains(e.key()))
                            .toList());
        }

        private static Map<String, Node> options(Definition definition, List<Entry> entries) {
            Map<String, Node> options = new LinkedHashMap<>();
            List<String> allowed = new ArrayList<>(definition.options().keySet());
            for (Entry entry : entries) {
                if (!allowed.contains(entry.key())) {
                    List<String> hints = new ArrayList<>(allowed);
                    definition.inputs().forEach(input -> hints.add(input.name()));
                    throw Fault.at(
                            entry.keyPlace(),
                            "%s has no option '%s'%s"
                                    .formatted(definition.name(), entry.key(), Nearest.hint(entry.key(), hints)));
                }
                options.put(entry.key(), entry.required());
            }
            return options;
        }
    }
}
