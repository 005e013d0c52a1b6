package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.random.Distribution;
import devml.yaml.Node;
import java.util.List;
import java.util.Set;

/** The words for distributions in a network file. Each generator has {@linkplain RandomSpec.Kind some} of them. */
final class DrawWords {
    private DrawWords() {}

    private static final Set<String> ALL = Set.of("rand", "randn", "random", "standard_normal", "uniform", "normal");

    /**
     * Whether the word is followed by the two parameters of its distribution; otherwise it is followed by the shape.
     */
    static boolean takesParameters(String word) {
        return word.equals("uniform") || word.equals("normal");
    }

    /** The distribution that a word without parameters stands for. */
    static Distribution standard(String word) {
        return switch (word) {
            case "rand", "random" -> new Distribution.StandardUniform();
            case "randn", "standard_normal" -> new Distribution.StandardNormal();
            case "uniform" -> new Distribution.Uniform(0, 1);
            case "normal" -> new Distribution.Normal(0, 1);
            default -> throw new IllegalArgumentException(word);
        };
    }

    /**
     * The distribution of {@code uniform} or {@code normal} with parameters: {@code [low, high]} or
     * {@code [mean, std]}.
     */
    static Distribution withParameters(String word, Node node) {
        List<Double> parameters = node.asList().stream().map(Node::asDouble).toList();
        if (parameters.size() != 2) {
            String expected = word.equals("uniform") ? "[low, high]" : "[mean, std]";
            throw Fault.at(node.place(), word + " needs " + expected + ", not " + parameters.size() + " numbers");
        }
        double first = parameters.getFirst();
        double second = parameters.getLast();
        try {
            return word.equals("uniform")
                    ? new Distribution.Uniform(first, second)
                    : new Distribution.Normal(first, second);
        } catch (Fault fault) {
            throw fault.within(node.place());
        }
    }

    /** Refuses a word that only other generators know. */
    static void refuseForeign(String word, RandomSpec.Kind random, Place place) {
        if (ALL.contains(word) && !random.words().contains(word)) {
            throw Fault.at(
                    place,
                    "the generator '" + random + "' has no '" + word + "'; it has "
                            + String.join(", ", random.words()));
        }
    }
}
