package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.fault.Words;
import devml.layer.Binder;
import devml.layer.BoundLayer;
import devml.layer.Catalogue;
import devml.layer.Composition;
import devml.layer.Definition;
import devml.layer.Families;
import devml.notation.Declaration;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Binds a network layer by layer; its state is the shape of every value so far. */
final class Binding {
    private final NetworkFile file;
    private final Map<String, Shape> inputs;
    private final Catalogue catalogue;
    private final Optional<String> part;
    private final Map<String, Shape> shapes;
    private final Set<String> integers = new HashSet<>();
    private final Map<String, String> activated = new LinkedHashMap<>();
    private final List<BoundNode> nodes = new ArrayList<>();
    private int tensors;

    /** @param part the layer that is to be bound to a part of the samples */
    Binding(NetworkFile file, Map<String, Shape> inputs, Catalogue catalogue, Optional<String> part) {
        this.file = file;
        this.inputs = inputs;
        this.shapes = new LinkedHashMap<>(inputs);
        this.catalogue = catalogue;
        this.part = part;
    }

    Network bind() {
        List<LayerSpec> ordered = Order.of(
                file.layers(),
                inputs.keySet(),
                layer -> Stream.concat(
                                layer.reads().stream(), named(layer.options(), definition(layer)).values().stream())
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
        Map<String, Reference> named = named(spec.options(), definition);
        Map<String, Reference> reads = reads(definition, spec.from().orElse(List.of()), spec.reads(), named);
        Map<String, Node> options = options(definition, withoutInputs(spec.options(), definition));
        boolean isOption = definition.options().containsKey("activation");
        spec.activation().filter(_ -> isOption).ifPresent(value -> options.put("activation", value.node()));
        add(spec.name(), definition, reads, options, spec.place());
        spec.activation().filter(_ -> !isOption).ifPresent(activation -> {
            Definition function = catalogue.find(activation.layer(), activation.place());
            String name = spec.name() + "." + activation.layer();
            Map<String, Reference> input =
                    Map.of(function.inputs().getFirst().name(), new Reference(spec.name(), activation.place()));
            add(name, function, input, options(function, activation.options()), activation.place());
            activated.put(spec.name(), name);
        });
    }

    private void add(
            String name, Definition definition, Map<String, Reference> reads, Map<String, Node> options, Place place) {
        Map<String, Shape> given = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        reads.forEach((input, reference) -> {
            String source = activated.getOrDefault(reference.name(), reference.name());
            Shape shape = shapes.get(source);
            if (shape == null) {
                throw Fault.at(
                        reference.place(),
                        "'%s' reads '%s', which is neither an input nor a layer%s"
                                .formatted(name, reference.name(), Nearest.hint(reference.name(), shapes.keySet())));
            }
            given.put(input, shape);
            sources.put(input, source);
        });
        Binder.Request request = new Binder.Request(
                name,
                options,
                given,
                input -> kind(sources.get(input)),
                set(name),
                file.training(),
                part.equals(Optional.of(name)),
                place);
        if (definition.isComposed()) {
            addParts(definition, request, sources);
            return;
        }
        BoundLayer layer = bind(definition, request);
        tensors += layer.tensors().size();
        BoundNode node = new BoundNode(layer, sources, place);
        nodes.add(node);
        node.outputs().forEach((value, output) -> {
            shapes.put(value, output.shape());
            if (output.integer()) {
                integers.add(value);
            }
        });
        activated.put(node.fullName(node.output()), name);
    }

    /** A mistake that shows in a definition which ships is the network's: it is told there, with the layer's name. */
    private BoundLayer bind(Definition definition, Binder.Request request) {
        try {
            return Binder.bind(definition, request, tensors);
        } catch (Fault fault) {
            boolean isInside = fault.place()
                    .map(place -> place.source().equals(definition.place().source()))
                    .orElse(false);
            if (isInside && catalogue.isShipped(definition)) {
                throw fault.seenFrom(request.place(), Words.whichIs(request.name(), definition.name()));
            }
            throw fault;
        }
    }

    /** The parameters and buffers of a layer that the file sets. */
    private Set<String> set(String layer) {
        Set<String> set = new HashSet<>();
        for (ParameterSpec parameter : file.parameters()) {
            if (parameter.name().startsWith(layer + ".")) {
                set.add(parameter.name().substring(layer.length() + 1));
            }
        }
        return set;
    }

    /** What the numbers of a network input are, or of what a layer puts out. */
    private Kind kind(String source) {
        return file.inputs().stream()
                .filter(input -> input.name().equals(source))
                .findFirst()
                .map(input -> input.data().kind())
                .orElse(integers.contains(source) ? Kind.INTEGER : Kind.REAL);
    }

    /** Adds the layers of which one is made, each when all that it reads is there. */
    private void addParts(Definition definition, Binder.Request request, Map<String, String> sources) {
        Composition composition = Binder.compose(definition, request);
        Map<String, String> values = new LinkedHashMap<>(sources);
        List<String> absent = definition.inputs().stream()
                .map(Declaration::name)
                .filter(input -> !sources.containsKey(input))
                .toList();
        List<Placed> waiting = new ArrayList<>();
        String above = definition.inputs().getFirst().name();
        for (Composition.Use part : composition.parts()) {
            waiting.add(Placed.of(part, catalogue, above, absent));
            above = part.name();
        }
        while (!waiting.isEmpty()) {
            Placed next = waiting.stream()
                    .filter(part -> part.reads().values().stream()
                            .allMatch(read -> read.owner(values.keySet()).isPresent()))
                    .findFirst()
                    .orElseThrow(() -> Fault.at(
                            waiting.getFirst().use().component().place(),
                            "what '%s' reads is no input or part of %s, or reads it in a circle"
                                    .formatted(waiting.getFirst().use().name(), definition.name())));
            waiting.remove(next);
            String name = request.name() + "." + next.use().name();
            Map<String, Reference> reads = new LinkedHashMap<>();
            next.reads().forEach((input, read) -> {
                String owner = read.owner(values.keySet()).orElseThrow();
                String source = values.get(owner) + read.name().substring(owner.length());
                reads.put(input, new Reference(source, read.place()));
            });
            add(
                    name,
                    next.definition(),
                    reads,
                    next.options(),
                    next.use().component().place());
            values.put(next.use().name(), name);
        }
        String output = request.name() + "." + composition.output();
        activated.put(request.name(), activated.getOrDefault(output, output));
    }

    /** A part of a layer with its definition, what it reads by input, and its options. */
    private record Placed(
            Composition.Use use, Definition definition, Map<String, Reference> reads, Map<String, Node> options) {

        /**
         * Sorts a part's settings.
         *
         * @param above what it reads if it does not say
         * @param absent inputs of the whole that are left out, and so are those of the part that would read them
         */
        static Placed of(Composition.Use use, Catalogue catalogue, String above, List<String> absent) {
            Definition definition =
                    catalogue.find(use.layer(), use.component().layer().place());
            List<Entry> settings = new ArrayList<>();
            use.settings().forEach((key, value) -> {
                boolean isAbsent = value instanceof Node.Scalar scalar
                        && !definition.options().containsKey(key)
                        && absent.contains(scalar.text());
                if (!isAbsent) {
                    settings.add(
                            new Entry(key, use.component().settings().get(key).place(), value));
                }
            });
            Place place = use.component().place();
            List<Reference> from =
                    use.from().stream().map(name -> new Reference(name, place)).toList();
            List<Reference> orAbove = from.isEmpty() ? List.of(new Reference(above, place)) : from;
            return new Placed(
                    use,
                    definition,
                    Binding.reads(definition, from, orAbove, named(settings, definition)),
                    Binding.options(definition, withoutInputs(settings, definition)));
        }
    }

    /** What each input of the definition reads: those of {@code from} in order, the others by name. */
    private static Map<String, Reference> reads(
            Definition definition, List<Reference> given, List<Reference> orAbove, Map<String, Reference> named) {
        Map<String, Reference> reads = new LinkedHashMap<>();
        List<Declaration> open = definition.inputs().stream()
                .filter(input -> !named.containsKey(input.name()))
                .toList();
        List<Reference> from = open.isEmpty() ? given : orAbove;
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

    private static Map<String, Reference> named(List<Entry> settings, Definition definition) {
        Map<String, Reference> named = new LinkedHashMap<>();
        for (Entry entry : settings) {
            boolean isInput = !definition.options().containsKey(entry.key())
                    && definition.inputs().stream().anyMatch(i -> i.name().equals(entry.key()));
            if (isInput) {
                Node value = entry.required();
                named.put(entry.key(), new Reference(value.asText(), value.place()));
            }
        }
        return named;
    }

    private static List<Entry> withoutInputs(List<Entry> settings, Definition definition) {
        List<String> inputs =
                definition.inputs().stream().map(Declaration::name).toList();
        return settings.stream()
                .filter(e -> definition.options().containsKey(e.key()) || !inputs.contains(e.key()))
                .toList();
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
                                .formatted(
                                        definition.name(),
                                        entry.key(),
                                        TorchArguments.why(entry.key())
                                                .orElseGet(() -> Nearest.hint(entry.key(), hints))));
            }
            options.put(entry.key(), entry.required());
        }
        return options;
    }
}
