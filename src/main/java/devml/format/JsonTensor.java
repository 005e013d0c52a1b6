package devml.format;

import com.google.gson.stream.JsonToken;
import devml.fault.Nearest;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one tensor of {@link Json}: an object of shape, dtype and data, or nested lists alone. */
final class JsonTensor {
    private static final List<String> MEMBERS = List.of("shape", "dtype", "data");
    private static final int UNKNOWN = -1;

    private final JsonInput in;
    private final NumberList numbers = new NumberList();
    private final List<Long> shape = new ArrayList<>();
    private boolean hasShape;
    private boolean hasData;
    private Optional<String> dtype = Optional.empty();
    /** The extents of the nested lists, down to the deepest list met so far. */
    private final List<Integer> nested = new ArrayList<>();
    /** The depth of the numbers within the lists. */
    private int rank = UNKNOWN;

    private JsonTensor(JsonInput in) {
        this.in = in;
    }

    static Tensor read(JsonInput in) {
        JsonTensor tensor = new JsonTensor(in);
        if (in.at(JsonToken.BEGIN_OBJECT)) {
            in.object(tensor::member);
        } else {
            tensor.data();
        }
        return tensor.result();
    }

    private void member(String name) {
        switch (name) {
            case "shape" -> {
                hasShape = true;
                in.array(() -> shape.add(in.integer()));
            }
            case "dtype" -> dtype = Optional.of(in.string());
            case "data" -> data();
            default -> throw in.fault("unknown member '" + name + "'" + Nearest.hint(name, MEMBERS));
        }
    }

    private void data() {
        hasData = true;
        element(0);
    }

    private void element(int depth) {
        if (!in.at(JsonToken.BEGIN_ARRAY)) {
            requireDepth(rank == UNKNOWN ? nested.size() == depth : rank == depth);
            rank = depth;
            number();
            return;
        }
        requireDepth(rank == UNKNOWN || depth < rank);
        if (nested.size() == depth) {
            nested.add(UNKNOWN);
        }
        int[] count = {0};
        in.array(() -> {
            element(depth + 1);
            count[0]++;
        });
        if (nested.get(depth) != UNKNOWN && nested.get(depth) != count[0]) {
            throw in.fault("a list of " + count[0] + " elements; those before have " + nested.get(depth));
        }
        nested.set(depth, count[0]);
    }

    private void requireDepth(boolean right) {
        if (!right) {
            throw in.fault("a number and a list stand side by side");
        }
    }

    private void number() {
        boolean text = in.at(JsonToken.STRING);
        String value = text ? in.string() : in.number();
        if ((text && !List.of("NaN", "Infinity", "-Infinity").contains(value)) || !numbers.add(value)) {
            throw in.fault("not a number: '" + value + "'; as strings are allowed: NaN, Infinity, -Infinity");
        }
    }

    private Tensor result() {
        if (!hasData) {
            throw in.fault("a tensor without 'data'");
        }
        Shape found = new Shape(nested);
        Shape stated = hasShape ? Shapes.of(shape, in.where()) : found;
        // Below an extent of 0, the lists do not show further extents.
        boolean empty = stated.size() == 0 && numbers.size() == 0;
        if (!stated.equals(found) && !(empty && stated.dims().indexOf(0) == nested.size() - 1)) {
            throw in.fault("shape " + stated + ", but the lists have shape " + found);
        }
        return switch (dtype.orElse("")) {
            case "" -> numbers.tensor(stated);
            case "float64" -> numbers.doubles(stated);
            case "float32" -> numbers.doubles(stated).toFloats();
            case "int64" -> {
                if (!numbers.integral()) {
                    throw in.fault("dtype int64, but not all numbers are integers of at most 64 bits");
                }
                yield numbers.longs(stated);
            }
            default -> throw in.fault("unknown dtype '" + dtype.get() + "'; allowed: float64, float32, int64");
        };
    }
}
