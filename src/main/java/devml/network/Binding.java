package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.fault.Words;
import devml.layer.Binder;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds a network layer by layer, for {@link Network#bind}. Its state is the shape of every value bound so far. */
final class Binding {
    private final NetworkFile file;
    private final Map<String, Shape> inputs;
    private final Catalogue catalogue;
    private final Optional<String> part;
    private final Map<String, Shape> shapes;
    /**
     * For each network input, and each value that consists of nothing but moved elements of network inputs, these
     * inputs.
     */
    private final Map<String, Set<String>> origins = new HashMap<>();

    private final Set<String> integers = new HashSet<>();
    private final Map<String, String> activated = new LinkedHashMap<>();
    private final List<BoundNode> nodes = new ArrayList<>();

    /** For each composed layer, the name of the value that is its output. */
    private final Map<String, String> composed = new LinkedHashMap<>();

    /** The composed definitions whose layers are being added, outermost first. */
    private final List<String> enclosing = new ArrayList<>();

    private int tensors;

    /** @param part the layer whose mean is left as a sum, because the network is bound to a part of the samples */
    Binding(NetworkFile file, Map<String, Shape> inputs, Catalogue catalogue, Optional<String> part) {
        this.file = file;
        this.inputs = inputs;
        this.shapes = new LinkedHashMap<>(inputs);
        this.catalogue = catalogue;
        this.part = part;
        inputs.keySet().forEach(input -> origins.put(input, Set.of(input)));
    }

    Network bind() {
        List<LayerSpec> ordered = Order.of(file.layers(), inputs.keySet(), this::allReads);
        Stream.concat(ordered.stream(), file.loss().stream()).forEach(spec -> add(spec, spec.name(), name -> name));
        String last = file.loss()
                .or(() -> file.layers().stream()
                        .max(Comparator.comparingInt(layer -> layer.place().start())))
                .map(LayerSpec::name)
                .orElseThrow();
        String output = value(last);
        return new Network(
                file,
                inputs,
                nodes,
                nodes.stream()
                        .filter(node -> node.outputs().containsKey(output))
                        .findFirst()
                        .orElseThrow(),
                output,
                composed);
    }

    private Definition definition(LayerSpec spec) {
        return catalogue.find(spec.layer(), spec.layerPlace());
    }

    /** Everything that a layer reads: by order, and by name among its options. */
    private List<Reference> allReads(LayerSpec spec) {
        return Stream.concat(spec.reads().stream(), named(spec.options(), definition(spec)).values().stream())
                .toList();
    }

    /**
     * Returns the value that a name stands for when it is read: the output of the layer's activation, or of the last of
     * its layers.
     */
    private String value(String name) {
        return activated.getOrDefault(name, name);
    }

    /**
     * Adds a layer and its activation.
     *
     * @param name the name of the layer in the network
     * @param global translates the names that the layer reads into those of the network
     */
    private void add(LayerSpec spec, String name, UnaryOperator<String> global) {
        Definition definition = definition(spec);
        Map<String, Reference> reads =
                reads(definition, spec.from().orElse(List.of()), spec.reads(), named(spec.options(), definition));
        reads.replaceAll((_, read) -> new Reference(global.apply(read.name()), read.place()));
        Map<String, Node> options = options(definition, withoutInputs(spec.options(), definition));
        boolean isOption = definition.options().containsKey("activation");
        spec.activation().filter(_ -> isOption).ifPresent(value -> options.put("activation", value.node()));
        add(name, definition, reads, options, spec.place());
        spec.activation().filter(_ -> !isOption).ifPresent(activation -> {
            Definition function = catalogue.find(activation.layer(), activation.place());
            String behind = name + "." + activation.layer();
            Map<String, Reference> input =
                    Map.of(function.inputs().getFirst().name(), new Reference(name, activation.place()));
            add(behind, function, input, options(function, activation.options()), activation.place());
            activated.put(name, value(behind));
        });
    }

    private void add(
            String name, Definition definition, Map<String, Reference> reads, Map<String, Node> options, Place place) {
        Map<String, Shape> shapesRead = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        reads.forEach((input, reference) -> {
            String source = value(reference.name());
            Shape shape = shapes.get(source);
            if (shape == null) {
                throw Fault.at(
                        reference.place(),
                        "'%s' reads '%s', which is neither an input nor a layer%s"
                                .formatted(name, reference.name(), Nearest.hint(reference.name(), shapes.keySet())));
            }
            shapesRead.put(input, shape);
            sources.put(input, source);
        });
        Binder.Request request = new Binder.Request(
                name,
                options,
                shapesRead,
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
        requireIntegers(layer, sources, reads);
        tensors += layer.tensors().size();
        BoundNode node = new BoundNode(layer, sources, place);
        nodes.add(node);
        node.outputs().forEach((value, output) -> {
            requireFree(value, place);
            shapes.put(value, output.shape());
            if (output.integer()) {
                integers.add(value);
            } else if (origins.keySet().containsAll(sources.values()) && Moves.isMoved(layer, output)) {
                origins.put(
                        value,
                        sources.values().stream()
                                .flatMap(source -> origins.get(source).stream())
                                .collect(Collectors.toSet()));
            }
        });
        activated.put(node.fullName(node.output()), name);
    }

    /**
     * Binds a layer. A fault inside a definition that ships with devml is caused by the network, so it is reported at
     * the layer in the network file, with the layer's name.
     */
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

    /** The parameters and buffers of a layer that the network file sets. */
    private Set<String> set(String layer) {
        Set<String> set = new HashSet<>();
        for (ParameterSpec parameter : file.parameters()) {
            if (parameter.name().startsWith(layer + ".")) {
                set.add(parameter.name().substring(layer.length() + 1));
            }
        }
        return set;
    }

    /** Refuses a layer that reads real numbers as integers, since they would be integers only by chance. */
    private void requireIntegers(BoundLayer layer, Map<String, String> sources, Map<String, Reference> reads) {
        for (BoundTensor input : layer.tensors(Role.INPUT)) {
            String source = sources.get(input.input());
            if (input.integer() && !integers.contains(source) && !origins.containsKey(source)) {
                throw Fault.at(
                        reads.get(input.input()).place(),
                        "'%s' takes integers as %s, but '%s' puts out real numbers; an input of the network can hold them, and what only moves its elements"
                                .formatted(layer.name(), input.input(), source));
            }
        }
    }

    /**
     * The kind of the numbers of a value; for a value whose elements were moved, the kind of the network inputs that
     * they come from.
     */
    private Kind kind(String source) {
        if (integers.contains(source)) {
            return Kind.INTEGER;
        }
        Set<Kind> kinds = file.inputs().stream()
                .filter(input -> origins.getOrDefault(source, Set.of()).contains(input.name()))
                .map(input -> input.data().kind())
                .collect(Collectors.toSet());
        if (kinds.size() == 1) {
            return kinds.iterator().next();
        }
        return kinds.isEmpty() || kinds.contains(Kind.REAL) ? Kind.REAL : Kind.INTEGER;
    }

    /** Adds the layers of a composed layer, each after everything that it reads. */
    private void addParts(Definition definition, Binder.Request request, Map<String, String> sources) {
        Composition composition = Binder.compose(definition, request, catalogue);
        Parts parts = Parts.of(definition, composition, sources.keySet());
        parts.layers().forEach(part -> requireKnown(part, parts));
        UnaryOperator<String> global = name -> {
            String owner = parts.owner(name).orElseThrow();
            return sources.getOrDefault(owner, request.name() + "." + owner) + name.substring(owner.length());
        };
        enclosing.addLast(definition.name());
        for (LayerSpec part : Order.of(parts.layers(), sources.keySet(), this::allReads)) {
            requireNotEnclosing(part);
            add(part, request.name() + "." + part.name(), global);
        }
        enclosing.removeLast();
        String output = value(global.apply(parts.output().name()));
        if (!shapes.containsKey(output)) {
            throw parts.noOutput();
        }
        requireFree(request.name(), request.place());
        activated.put(request.name(), output);
        composed.put(request.name(), output);
    }

    private void requireKnown(LayerSpec part, Parts parts) {
        allReads(part).forEach(read -> parts.requireKnown(part.name(), read));
    }

    /** Requires that a name is not taken yet: a name with dots may arise in two ways. */
    private void requireFree(String value, Place place) {
        if (shapes.containsKey(value) || composed.containsKey(value)) {
            throw Fault.at(place, "'%s' is the name of two values; give one of them another".formatted(value));
        }
    }

    /** Refuses a layer that contains itself, which would never end. */
    private void requireNotEnclosing(LayerSpec part) {
        if (enclosing.contains(part.layer())) {
            List<String> circle = new ArrayList<>(enclosing).subList(enclosing.indexOf(part.layer()), enclosing.size());
            throw Fault.at(
                    part.layerPlace(),
                    "no layer can be made of itself: " + String.join(" -> ", circle) + " -> " + part.layer());
        }
    }

    /**
     * Assigns to each input of the definition what it reads: the entries of {@code from} in order, the others by name.
     *
     * @param given the entries of {@code from}
     * @param orAbove the same, or the layer above if there are none; used only if some input must be given
     */
    private static Map<String, Reference> reads(
            Definition definition, List<Reference> given, List<Reference> orAbove, Map<String, Reference> named) {
        Map<String, Reference> reads = new LinkedHashMap<>();
        List<Declaration> open = definition.inputs().stream()
                .filter(input -> !named.containsKey(input.name()))
                .toList();
        List<Reference> from = open.stream().anyMatch(Binding::isNeeded) ? orAbove : given;
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

    /** Whether an input must be given. An optional input does not read the layer above by default. */
    private static boolean isNeeded(Declaration input) {
        return input.optional().flatMap(Declaration.Presence::condition).isPresent()
                || input.optional().isEmpty();
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
