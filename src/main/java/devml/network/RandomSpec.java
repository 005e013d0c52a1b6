package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.random.Generator;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Scalar;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which generator draws, and from which seed; without one, a fresh seed is to be made.
 *
 * @param place where the network file says so; the whole file where it is silent
 */
public record RandomSpec(Kind kind, Optional<BigInteger> seed, Place place) {

    /** The generators by their names. */
    public enum Kind {
        /** {@code np.random}: NumPy's legacy generator. */
        NUMPY("numpy"),
        /** {@code np.random.default_rng()}. */
        DEFAULT_RNG("default_rng"),
        /** Our own, whose numbers depend on the parameter's name and the seed alone. */
        DEVML("devml");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** What it calls the draws that it can do: NumPy's names for NumPy's, PyTorch's for ours. */
        List<String> words() {
            return switch (this) {
                case NUMPY, DEVML -> List.of("rand", "randn", "uniform", "normal");
                case DEFAULT_RNG -> List.of("random", "standard_normal", "uniform", "normal");
            };
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static RandomSpec silent(Place file) {
        return new RandomSpec(Kind.DEVML, Optional.empty(), file);
    }

    /** Reads {@code numpy}, <code>{generator: numpy, seed: 0}</code> or <code>{seed: 0}</code>. */
    static RandomSpec read(Node node) {
        if (node instanceof Scalar) {
            return new RandomSpec(kind(node), Optional.empty(), node.place());
        }
        Fields fields = Fields.of("random", node, List.of("generator", "seed"));
        Kind kind = fields.optional("generator").map(RandomSpec::kind).orElse(Kind.DEVML);
        return new RandomSpec(kind, fields.optional("seed").map(seed -> seed(seed, kind)), node.place());
    }

    private static Kind kind(Node node) {
        String text = node.asText();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow(() -> Fault.at(
                        node.place(), "unknown random generator '" + text + "'" + Nearest.hint(text, Generator.NAMES)));
    }

    private static BigInteger seed(Node node, Kind kind) {
        BigInteger seed = node.asBigInteger();
        try {
            Generator.of(kind.text, seed); // it says which seeds it takes
        } catch (Fault fault) {
            throw fault.within(node.place());
        }
        return seed;
    }
}
