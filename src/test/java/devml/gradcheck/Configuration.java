package devml.gradcheck;

import devml.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not left to chance where the equations of a layer are checked.
 *
 * @param options as a network file has them; the others are drawn
 * @param shapes of inputs, likewise
 */
record Configuration(Map<String, String> options, Map<String, Shape> shapes) {
    private static final Map<String, List<Configuration>> OF = Map.ofEntries(
            Map.entry("gru", recurrent()),
            Map.entry("lstm", lstm()),
            Map.entry("rnn", recurrent()),
            // Most paths need more time than there is in shapes that are drawn.
            Map.entry(
                    "ctc_loss",
                    List.of(
                            of(Map.of()),
                            new Configuration(
                                    Map.of("zero_infinity", "true"),
                                    Map.of("log_probs", Shape.of(6, 2, 3), "targets", Shape.of(2, 2))),
                            new Configuration(
                                    Map.of("reduction", "mean"),
                                    Map.of("log_probs", Shape.of(5, 3), "targets", Shape.of(2))))),
            // Which side of the margin a pair is on shows beside others that are on the other side.
            Map.entry(
                    "cosine_embedding_loss",
                    List.of(
                            of(Map.of()),
                            new Configuration(
                                    Map.of("margin", "0.0"),
                                    Map.of("x1", Shape.of(5, 3), "x2", Shape.of(5, 3), "target", Shape.of(5))))),
            // A mask that is given is seldom drawn.
            Map.entry(
                    "scaled_dot_product_attention",
                    List.of(
                            of(Map.of()),
                            new Configuration(
                                    Map.of(),
                                    Map.of(
                                            "query", Shape.of(2, 3),
                                            "key", Shape.of(4, 3),
                                            "value", Shape.of(4, 2),
                                            "attn_mask", Shape.of(2, 4))))),
            // What a key's bias receives is 0 but beside a key without one, and few heads of several features are
            // drawn.
            Map.entry(
                    "multi_head_attention",
                    List.of(heads("true", "false"), heads("true", "true"), heads("false", "true"), of(Map.of()))),
            // Operands that are drawn seldom fit together.
            Map.entry(
                    "einsum",
                    List.of(
                            of(Map.of()),
                            new Configuration(
                                    Map.of("equation", "'ij,jk->ik'"),
                                    Map.of("x.0", Shape.of(2, 3), "x.1", Shape.of(3, 4))),
                            new Configuration(
                                    Map.of("equation", "'ij,kj,j->ki'"),
                                    Map.of("x.0", Shape.of(2, 3), "x.1", Shape.of(4, 3), "x.2", Shape.of(3))))),
            // Infinite orders are seldom drawn, and so are norms on both sides of eps.
            Map.entry("normalize", List.of(of(Map.of()), of(Map.of("p", "inf")), of(Map.of("p", "2.0", "eps", "3.0")))),
            Map.entry("triplet_margin_loss", List.of(of(Map.of()), of(Map.of("p", "inf")))),
            // A volume is seldom given a number for each dimension.
            Map.entry(
                    "upsample",
                    List.of(
                            of(Map.of()),
                            new Configuration(
                                    Map.of("mode", "trilinear", "size", "[3, 1, 2]", "scale_factor", "none"),
                                    Map.of("x", Shape.of(1, 1, 2, 2, 3))))),
            // Without k, what is divided by may be 0.
            Map.entry("local_response_norm", List.of(of(Map.of("k", "1.0")))));

    /** At least one. */
    static List<Configuration> of(String layer) {
        return OF.getOrDefault(layer, List.of(of(Map.of())));
    }

    private static Configuration of(Map<String, String> options) {
        return new Configuration(options, Map.of());
    }

    /** Two layers, which find most slips; and single ones, as they are drawn. */
    private static List<Configuration> recurrent() {
        return List.of(stacked(3, Map.of(), Map.of()), of(Map.of("num_layers", "1")));
    }

    /** Likewise, and two that project what they put out. */
    private static List<Configuration> lstm() {
        Map<String, Shape> cells = Map.of("c_0", Shape.of(4, 3));
        return List.of(
                stacked(3, Map.of("proj_size", "0"), cells),
                stacked(2, Map.of("proj_size", "2"), cells),
                of(Map.of("num_layers", "1")));
    }

    /**
     * Two layers in both directions, which start from states that are given and drop some of what they hand on: few such
     * are drawn, and most are too large.
     *
     * @param size of what a layer puts out in one direction
     */
    private static Configuration stacked(int size, Map<String, String> options, Map<String, Shape> states) {
        Map<String, String> all = new HashMap<>(Map.of(
                "num_layers",
                "2",
                "hidden_size",
                "3",
                "bidirectional",
                "true",
                "dropout",
                "0.25",
                "batch_first",
                "true"));
        all.putAll(options);
        Map<String, Shape> shapes = new HashMap<>(states);
        shapes.put("x", Shape.of(3, 1));
        shapes.put("h_0", Shape.of(4, size));
        shapes.put("dropout_mask", Shape.of(1, 3, 2 * size));
        return new Configuration(all, shapes);
    }

    private static Configuration heads(String needed, String averaged) {
        return new Configuration(
                Map.of(
                        "num_heads", "2",
                        "add_bias_kv", "true",
                        "add_zero_attn", "false",
                        "dropout", "0.25",
                        "kdim", "none",
                        "vdim", "none",
                        "need_weights", needed,
                        "average_attn_weights", averaged),
                Map.of(
                        "query", Shape.of(2, 4),
                        "key", Shape.of(3, 4),
                        "value", Shape.of(3, 4),
                        "dropout_mask", Shape.of(2, 2, 4)));
    }
}
