package devml.slip;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which slips are planted: with {@code -Dslips=all} all of them, with {@code -Dslips=conv} those in layers in whose
 * names that is found, a regular expression; else a few in some layers, always the same.
 */
public final class Sample {
    private static final String ASKED = System.getProperty("slips", "");

    private Sample() {}

    /** Of every kind some: what a build has time for. */
    private static final Set<String> IN_EVERY_BUILD = Set.of(
            "avg_pool2d",
            "batch_norm",
            "conv2d",
            "conv_transpose1d",
            "cosine_embedding_loss",
            "cross_entropy",
            "ctc_loss",
            "einsum",
            "embedding",
            "gelu",
            "glu",
            "group_norm",
            "hardswish",
            "instance_norm",
            "normalize",
            "pow");

    /** Whether survivors are to be listed rather than to fail at the first. */
    public static boolean isWhole() {
        return !ASKED.isEmpty();
    }

    /** Whether only other layers are asked for. */
    public static boolean leavesOut(String layer) {
        return isWhole() && !isAsked(layer);
    }

    private static boolean isAsked(String layer) {
        return ASKED.equals("all") || Pattern.compile(ASKED).matcher(layer).find();
    }

    /** Those of a layer's slips that are planted. */
    public static List<Slip> of(String layer, List<Slip> slips, int oneOf) {
        if (isWhole()) {
            return isAsked(layer) ? slips : List.of();
        }
        return slips.stream()
                .filter(_ -> IN_EVERY_BUILD.contains(layer))
                .filter(slip -> Math.floorMod(EquivalentSlips.name(layer, slip).hashCode(), oneOf) == 0)
                .toList();
    }
}
