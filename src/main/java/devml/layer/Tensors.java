package devml.layer;

import devml.equation.View;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.BoundTensor.Range;
import devml.layer.BoundTensor.Role;
import devml.notation.Expr;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of a layer while it is bound: those declared, those that equations bring, and those that are absent. */
final class Tensors {

    /**
     * A tensor that is there.
     *
     * @param bound the tensor
     * @param sizes for each subscript the size whose index may stand there alone; empty where any may
     * @param order which of the declared subscripts each subscript is; empty if they are in order
     */
    record Entry(BoundTensor bound, List<Optional<String>> sizes, List<Integer> order) {}

    private final Map<String, Entry> present = new LinkedHashMap<>();
    private final Map<String, Expr> absent = new LinkedHashMap<>();
    private final Map<String, Runnable> declared = new HashMap<>();
    private final String layer;
    private final int first;

    /**
     * Starts with none.
     *
     * @param layer the layer's name in its network
     * @param first the number of the first tensor
     */
    Tensors(String layer, int first) {
        this.layer = layer;
        this.first = first;
    }

    BoundTensor add(
            String name,
            Role role,
            List<Integer> extents,
            List<Optional<String>> sizes,
            Shape shape,
            boolean integer,
            Optional<Range> range,
            Optional<InitialValue> start) {
        return add(name, role, extents, sizes, List.of(), shape, integer, range, start);
    }

    /** Adds a tensor whose declaration names its dimensions in another order. */
    BoundTensor add(
            String name,
            Role role,
            List<Integer> extents,
            List<Optional<String>> sizes,
            List<Integer> order,
            Shape shape,
            boolean integer,
            Optional<Range> range,
            Optional<InitialValue> start) {
        View view = new View(first + present.size(), layer + "." + name, extents);
        BoundTensor tensor = new BoundTensor(name, role, view, shape, integer, range, start);
        present.put(name, new Entry(tensor, List.copyOf(sizes), order));
        return tensor;
    }

    /** Adds the gradient of a tensor: of the same shape and subscripts. */
    BoundTensor addGradient(String name) {
        Entry of = present.get(name);
        return add(
                "d" + name,
                Role.GRADIENT,
                of.bound().view().extents(),
                of.sizes(),
                of.order(),
                of.bound().shape(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Notes how a declared local is added once an equation sets it. */
    void declare(String local, Runnable add) {
        declared.put(local, add);
    }

    /** Adds a declared local that is set for the first time. */
    void bring(String name) {
        Optional.ofNullable(declared.remove(name)).ifPresent(Runnable::run);
    }

    void addAbsent(String name, Expr reads) {
        absent.put(name, reads);
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(present.get(name));
    }

    /** What an absent tensor reads as. */
    Optional<Expr> absent(String name) {
        return Optional.ofNullable(absent.get(name));
    }

    /** Whether the name is that of an absent tensor, or of its gradient. */
    boolean isAbsent(String name) {
        return absent.containsKey(name) || (name.startsWith("d") && absent.containsKey(name.substring(1)));
    }

    /** Whether it needs no declaration: it has one, or is absent. */
    boolean isKnown(String name) {
        return present.containsKey(name) || isAbsent(name);
    }

    Fault unknown(String name, Place place) {
        List<String> names = new ArrayList<>(present.keySet());
        names.addAll(absent.keySet());
        return Fault.at(place, "there is no tensor '" + name + "' here" + Nearest.hint(name, names));
    }

    List<BoundTensor> all() {
        return present.values().stream().map(Entry::bound).toList();
    }
}
