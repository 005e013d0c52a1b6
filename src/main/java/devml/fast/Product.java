package devml.fast;

import java.util.function.IntFunction;

/** A contraction that is ready to run, again and again, over the same tensors. */
final class Product {

    /** Runs tiles of a contraction: for one thread at a time. */
    interface Kernel {
        /** Makes ready for a run: what the tensors hold may have changed. */
        void begin();

        /** Computes the elements of one batch at some rows and at the lanes of some blocks. */
        void run(int batch, int top, int rows, int laneBlock, int laneBlocks);
    }

    /** Fewer multiplications than this are done sooner than threads are woken. */
    private static final long LEAST = 1_000_000;

    /** The most rows that share a panel. */
    private static final int ROWS = 512;

    /** Rows of a piece that packs nothing: so few that what it writes are long stretches of memory, one after the other. */
    private static final int FEW = 16;

    /** The most blocks of lanes of a piece, and the most elements that it computes if it has several. */
    private static final int WIDTH = 4;

    private static final int TOTALS = 1 << 15;

    private final Packing packing;
    private final IntFunction<Kernel> maker;
    private Kernel[] kernels = {};

    Product(Packing packing, IntFunction<Kernel> maker) {
        this.packing = packing;
        this.maker = maker;
    }

    /** Runs the contraction. No bit of what it computes depends on how many workers there are. */
    void run(Workers workers) {
        long size = (long) packing.batches() * packing.rows() * packing.lanes() * packing.summed();
        run(workers, size < LEAST ? 1 : workers.count());
    }

    /** Runs it on so many of the workers. */
    void run(Workers workers, int threads) {
        if (packing.rows() == 0) {
            return;
        }
        if (kernels.length < threads) {
            Kernel[] more = new Kernel[threads];
            System.arraycopy(kernels, 0, more, 0, kernels.length);
            for (int i = kernels.length; i < threads; i++) {
                more[i] = maker.apply(i);
            }
            kernels = more;
        }
        for (Kernel kernel : kernels) {
            kernel.begin();
        }
        int height = height(threads);
        int rowBlocks = Math.ceilDiv(packing.rows(), height);
        int width = width(height);
        int groups = Math.ceilDiv(packing.laneBlocks().count(), width);
        int pieces = packing.batches() * rowBlocks * groups;
        if (threads == 1) {
            for (int piece = 0; piece < pieces; piece++) {
                run(kernels[0], piece, height, rowBlocks, width, groups);
            }
        } else {
            workers.run(pieces, (worker, piece) -> run(kernels[worker], piece, height, rowBlocks, width, groups));
        }
    }

    private void run(Kernel kernel, int piece, int height, int rowBlocks, int width, int groups) {
        int top = piece / groups % rowBlocks * height;
        int first = piece % groups * width;
        kernel.run(
                piece / groups / rowBlocks,
                top,
                Math.min(height, packing.rows() - top),
                first,
                Math.min(width, packing.laneBlocks().count() - first));
    }

    /**
     * How many blocks of lanes a piece has. Neighbouring pixels have most of their windows in common: where the summed points
     * come in several blocks, each is done for some pixels in turn, while it is in the second-level cache.
     */
    private int width(int height) {
        return packing.summedBlocks() == 1
                ? 1
                : Math.clamp(TOTALS / (height * (long) packing.laneBlocks().width()), 1, WIDTH);
    }

    /**
     * How many rows a piece has: all where there are enough pieces for all threads, for each piece packs a panel of its own,
     * which costs as much as some further rows.
     */
    private int height(int threads) {
        int rows = packing.rows();
        if (packing.form() == Packing.Form.ROWS) {
            return Math.min(rows, FEW);
        }
        int others = packing.batches() * packing.laneBlocks().count();
        int best = Math.min(rows, ROWS);
        long least = Long.MAX_VALUE;
        for (int blocks = Math.ceilDiv(rows, ROWS); blocks <= Math.min(rows, ROWS); blocks++) {
            int height = Math.ceilDiv(Math.ceilDiv(rows, blocks), 4) * 4;
            long rounds = Math.ceilDiv((long) others * Math.ceilDiv(rows, height), threads);
            long cost = rounds * (height + 12);
            if (cost < least) {
                least = cost;
                best = height;
            }
        }
        return best;
    }
}
