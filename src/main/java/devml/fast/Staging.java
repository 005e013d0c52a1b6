package devml.fast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a copy of the left operand serves many rows, which then need no packing of their own: rows that are windows onto the
 * same elements, as those of the gradient of a convolution's weights are. Four neighbours along an index that shifts no
 * window, such as the channel's, make a quad: the planes that belong to them lie interleaved in the copy, and each window
 * is a place to begin there.
 *
 * @param planes how many planes there are
 * @param step how far apart those of neighbours lie
 * @param windows what each window contributes to where an element lies
 * @param least for each block of summed points, the least that these contribute
 * @param most the most
 */
record Staging(int planes, int step, int[] windows, int[] least, int[] most) {
    /** The most elements of a copy, which is made for as many blocks of summed points at a time: 8 MB in float64. */
    static final int ROOM = 1 << 20;

    /** How many rows must read an element that is copied, on average. */
    private static final double READERS = 2.5;

    /** How many summed points must be neighbours, on average: they are multiplied run by run. */
    private static final int RUN = 12;

    /** A contraction whose rows are in that order: by four planes, then by windows, then by plane. */
    record Staged(Contraction contraction, Staging staging) {}

    /**
     * Finds out whether that pays.
     *
     * @param packing of the contraction as it is
     */
    static Optional<Staged> of(Contraction contraction, Packing packing) {
        if (packing.form() != Packing.Form.TILES
                || packing.batches() != 1
                || packing.columns() != 1
                || packing.laneBlocks().masksLanes()
                || contraction.start().isPresent()) {
            return Optional.empty();
        }
        Columns columns = packing.columns(packing.laneBlocks().get(0));
        return hasLongRuns(columns)
                ? index(contraction)
                        .map(slot -> of(contraction, slot, columns))
                        .filter(staged -> staged.staging.pays(columns))
                : Optional.empty();
    }

    private static boolean hasLongRuns(Columns columns) {
        int points = 0;
        int runs = 0;
        for (List<MaskedRun> block : columns.runs()) {
            for (MaskedRun run : block) {
                if (run.step() != 1) {
                    return false;
                }
                points += run.end() - run.start();
                runs++;
            }
        }
        return points >= RUN * runs;
    }

    /** The index whose neighbours make quads: of those that no mask speaks of, the one at which elements lie farthest apart. */
    private static Optional<Integer> index(Contraction contraction) {
        Group rows = contraction.rows();
        for (int i = 0; i < rows.slots().size(); i++) {
            int slot = rows.slots().get(i);
            if (rows.extents().get(i) % Packing.QUAD == 0
                    && contraction.left().at().weight(slot) > 0
                    && contraction.left().mask().stream().allMatch(form -> form.weight(slot) == 0)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private static Staged of(Contraction contraction, int slot, Columns columns) {
        int planes = contraction.rows().extent(slot);
        int[] windows = contraction.left().at().table(contraction.rows().without(slot));
        int[] least = new int[columns.blocks()];
        int[] most = new int[columns.blocks()];
        for (int block = 0; block < least.length; block++) {
            int[] points = Arrays.copyOfRange(columns.a(), columns.start(block), columns.start(block + 1));
            least[block] = Arrays.stream(points).min().orElse(0);
            most[block] = Arrays.stream(points).max().orElse(0);
        }
        return new Staged(
                contraction.inQuads(slot),
                new Staging(planes, Math.toIntExact(contraction.left().at().weight(slot)), windows, least, most));
    }

    private boolean pays(Columns columns) {
        int blocks = end(0, planes);
        int points = columns.start(blocks);
        return blocks > 0 && points * (double) windows.length >= READERS * size(0, blocks);
    }

    /** How many elements of a plane the windows have at some blocks of summed points. */
    int size(int from, int to) {
        return Math.toIntExact(last(from, to) - first(from, to) + 1);
    }

    /** What the first of them contributes to where it lies. */
    long first(int from, int to) {
        return (long) Arrays.stream(least, from, to).min().orElse(0)
                + Arrays.stream(windows).min().orElse(0);
    }

    private long last(int from, int to) {
        return (long) Arrays.stream(most, from, to).max().orElse(0)
                + Arrays.stream(windows).max().orElse(0);
    }

    /** The block after the last for which a copy of some planes has room, if it begins at a block. */
    int end(int from, int some) {
        int to = from;
        while (to < least.length && (last(from, to + 1) - first(from, to + 1) + 1) * some <= ROOM) {
            to++;
        }
        return to;
    }
}
