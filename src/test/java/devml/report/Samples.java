package devml.report;

import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.Tolerance;
import devml.fault.Place;
import devml.fault.Source;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Comparisons that show every kind of result. */
final class Samples {
    private Samples() {}

    static Tensor doubles(Shape shape, double... values) {
        return new Tensor.Doubles(shape, values);
    }

    private static SequencedMap<String, Tensor> values() {
        SequencedMap<String, Tensor> values = new LinkedHashMap<>();
        values.put("conv.weight", doubles(Shape.of(2, 2), 1, 2, 3.5, 4));
        values.put("conv.bias", doubles(Shape.of(2), 0.5, 0.25));
        values.put("fc.weight", doubles(Shape.of(1, 2), 1, 2));
        values.put("fc.bias", doubles(Shape.of(1), 1));
        return values;
    }

    static Comparison passing() {
        Map<String, Tensor> values = values();
        return Comparison.ofEqualNames(values, values, Tolerance::between);
    }

    /** One tensor passes, one fails, one has another shape, one has no reference, one was not computed. */
    static Comparison mixed() {
        Map<String, Tensor> values = values();
        Map<String, Tensor> references = values();
        references.put("conv.weight", doubles(Shape.of(2, 2), 1, 2, 3, 4));
        references.put("fc.weight", doubles(Shape.of(2, 1), 1, 2));
        references.remove("fc.bias");
        references.put("fc.bais", doubles(Shape.SCALAR, 1));
        return Comparison.of(values, references, (_, _) -> new Tolerance(0.0625, 0.0625), values.keySet(), false);
    }

    static Comparison vacuous() {
        return Comparison.of(values(), Map.of(), Tolerance::between, Set.of(), true);
    }

    static Comparison of(Tensor value, Tensor reference) {
        return Comparison.ofEqualNames(Map.of("w", value), Map.of("w", reference), Tolerance::between);
    }

    static Comparison ofName(String name) {
        return Comparison.ofEqualNames(
                Map.of(name, doubles(Shape.SCALAR, 1)), Map.of(name, doubles(Shape.SCALAR, 2)), Tolerance::between);
    }

    static FileComparison file(String name, Comparison comparison) {
        return new FileComparison(name, comparison, Map.of());
    }

    /** Three files, the first with the place of its first layer. */
    static List<FileComparison> files() {
        Source source = new Source("nets/a.yaml", "layers:\n  conv: {}\n");
        Place conv = source.place(10, 14);
        return List.of(
                new FileComparison("nets/a.yaml", mixed(), Map.of("conv.weight", conv)),
                file("nets/b.yaml", passing()),
                file("nets/c.yaml", vacuous()));
    }
}
