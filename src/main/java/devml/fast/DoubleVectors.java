package devml.fast;

import java.util.Arrays;

/**
 * Contractions in float64 in which one operand is a vector, or both are: all is read where it lies, and memory bounds what
 * they take.
 */
final class DoubleVectors {
    private final Packing packing;
    private final DoubleScratch scratch;
    private final DoubleStart start;
    private double[] c;
    private double[] a;
    private double[] b;

    DoubleVectors(Packing packing, DoubleScratch scratch, DoubleStart start) {
        this.packing = packing;
        this.scratch = scratch;
        this.start = start;
    }

    void begin(double[] target, double[] left, double[] right) {
        c = target;
        a = left;
        b = right;
    }

    /** One lane: each row of the left operand is read where it lies. */
    void dots(int batch, int top, int rows) {
        Packing.Base base = packing.base(batch);
        LaneBlocks.Block lane = packing.laneBlocks().get(0);
        Columns columns = packing.columns(lane);
        double[] vector = scratch.totals(packing.summed());
        for (int k = 0; k < packing.summed(); k++) {
            vector[k] = b[base.b() + columns.b()[k]];
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            int to = base.c() + packing.rowsC()[m];
            start.set(batch, m, lane, c, to);
            boolean add = start.adds();
            for (int block = 0; block < columns.blocks(); block++) {
                int first = columns.start(block);
                double sum = DoubleLoops.dot(a, offset + columns.a()[first], vector, first, columns.count(block));
                c[to] = add ? c[to] + sum : sum;
                add = true;
            }
        }
    }

    /** One row, or one summed point: the lanes of the right operand are read where they lie. */
    void rows(int batch, int top, int rows, LaneBlocks.Block lanes) {
        Packing.Base base = packing.base(batch);
        Columns columns = packing.columns(lanes);
        int n = lanes.count();
        int source = base.b() + lanes.runs().getFirst().source();
        double[] sums = scratch.totals(packing.laneBlocks().width());
        if (packing.summed() == 1) {
            System.arraycopy(b, source + columns.b()[0], sums, 0, n);
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            int to = base.c() + packing.rowsC()[m] + packing.lanesC()[lanes.from()];
            start.set(batch, m, lanes, c, to);
            if (packing.summed() == 1) {
                DoubleLoops.multiply(sums, n, a[offset + columns.a()[0]], c, to, start.adds());
                continue;
            }
            boolean add = start.adds();
            for (int block = 0; block < columns.blocks(); block++) {
                int first = columns.start(block);
                Arrays.fill(sums, 0, n, 0);
                DoubleLoops.addRows(
                        sums, n, a, offset, columns.a(), b, source, columns.b(), first, first + columns.count(block));
                for (int j = 0; j < n; j++) {
                    c[to + j] = add ? c[to + j] + sums[j] : sums[j];
                }
                add = true;
            }
        }
    }
}
