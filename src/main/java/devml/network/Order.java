package devml.network;

import devml.fault.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sorts layers topologically: each comes after the layers that it reads. */
final class Order {
    private Order() {}

    /**
     * Returns the layers, each after those that it reads and otherwise in the given order: of those that could come
     * next, the first one does.
     *
     * @param layers layers with distinct names
     * @param inputs the names of inputs, even where one looks like the output of a layer
     * @param reads what a layer reads; names that are not layers are ignored
     * @throws Fault if layers read each other in a circle
     */
    static List<LayerSpec> of(List<LayerSpec> layers, Set<String> inputs, Function<LayerSpec, List<Reference>> reads) {
        Map<String, Integer> position = new HashMap<>();
        layers.forEach(layer -> position.put(layer.name(), position.size()));
        Set<String> names = new HashSet<>(inputs);
        names.addAll(position.keySet());
        return order(
                layers,
                position,
                layer -> reads.apply(layer).stream()
                        .filter(read ->
                                read.owner(names).filter(inputs::contains).isEmpty())
                        .toList());
    }

    private static List<LayerSpec> order(
            List<LayerSpec> layers, Map<String, Integer> position, Function<LayerSpec, List<Reference>> reads) {
        List<Set<Integer>> waitsFor = new ArrayList<>();
        List<List<Integer>> readers = new ArrayList<>();
        for (LayerSpec layer : layers) {
            waitsFor.add(reads.apply(layer).stream()
                    .flatMap(read -> read.owner(position.keySet()).stream())
                    .map(position::get)
                    .collect(Collectors.toCollection(HashSet::new)));
            readers.add(new ArrayList<>());
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < layers.size(); i++) {
            for (int read : waitsFor.get(i)) {
                readers.get(read).add(i);
            }
            if (waitsFor.get(i).isEmpty()) {
                ready.add(i);
            }
        }
        List<LayerSpec> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Integer next = ready.remove();
            ordered.add(layers.get(next));
            for (int reader : readers.get(next)) {
                waitsFor.get(reader).remove(next);
                if (waitsFor.get(reader).isEmpty()) {
                    ready.add(reader);
                }
            }
        }
        if (ordered.size() < layers.size()) {
            throw circle(layers, ordered, reads);
        }
        return ordered;
    }

    /**
     * Finds a circle among the layers that could not be placed, by following what they read: each of them reads another
     * one of them.
     */
    private static Fault circle(
            List<LayerSpec> layers, List<LayerSpec> placed, Function<LayerSpec, List<Reference>> reads) {
        Map<String, LayerSpec> left = new LinkedHashMap<>();
        layers.forEach(layer -> left.put(layer.name(), layer));
        placed.forEach(layer -> left.remove(layer.name()));
        List<String> path = new ArrayList<>();
        String name = left.keySet().iterator().next();
        while (!path.contains(name)) {
            path.add(name);
            name = cause(left.get(name), left, reads).owner(left.keySet()).orElseThrow();
        }
        List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
        circle.add(name);
        return Fault.at(
                cause(left.get(name), left, reads).place(),
                "layers read each other in a circle: " + String.join(" -> ", circle.reversed()));
    }

    private static Reference cause(
            LayerSpec layer, Map<String, LayerSpec> left, Function<LayerSpec, List<Reference>> reads) {
        return reads.apply(layer).stream()
                .filter(read -> read.owner(left.keySet()).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
