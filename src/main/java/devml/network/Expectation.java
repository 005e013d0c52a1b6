package devml.network;

import devml.fault.Fault;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The reference and tolerances that {@code check} uses if the command line names no reference.
 *
 * @param reference the file with the reference
 * @param rtol the relative tolerance; if absent, the default of the dtype
 * @param atol the absolute tolerance; if absent, the default of the dtype
 */
public record Expectation(FileName reference, Optional<Double> rtol, Optional<Double> atol) {

    static Expectation read(Node node, Path folder) {
        if (node instanceof Scalar) {
            return new Expectation(FileName.read(node, folder), Optional.empty(), Optional.empty());
        }
        Fields fields = Fields.of("expect", node, List.of("reference", "rtol", "atol"));
        return new Expectation(
                FileName.read(fields.required("reference"), folder),
                fields.optional("rtol").map(Expectation::tolerance),
                fields.optional("atol").map(Expectation::tolerance));
    }

    private static double tolerance(Node node) {
        double tolerance = node.asDouble();
        if (tolerance < 0) {
            throw Fault.at(node.place(), "a tolerance cannot be negative");
        }
        return tolerance;
    }
}
