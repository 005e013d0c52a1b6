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
 * The random generator and its seed; if no seed is given, the caller makes a fresh one.
 *
 * @param kind the generator
 * @param seed the seed, if given
 * @param place where the network file sets it; the whole file if it does not
 */
public record RandomSpec(Kind kind, Optional<BigInteger> seed, Place place) {

    /** The generators, by the names that they have in a network file. */
    public enum Kind {
        /** {@code np.random}: NumPy's legacy generator. */
        NUMPY("numpy"),
        /** {@code np.random.default_rng()}. */
        DEFAULT_RNG("default_rng"),
        /** Our own generator, whose numbers depend only on the parameter's name and the seed. */
        DEVML("devml");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /**
         * The words for the distributions that the generator can draw: NumPy's names for NumPy's generators, PyTorch's
         * names for ours.
         */
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
            Generator.of(kind.text, seed); // refuses a seed that the generator does not take
        } catch (Fault fault) {
            throw fault.within(node.place());
        }
        return seed;
    }
}
