package devml.fast;

import devml.fast.Contraction.Operand;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A contraction at random, with its operands: indices of all groups, tensors whose dimensions lie in any order and with
 * gaps, sums of two indices as convolutions have them, and masks where such a sum leaves its dimension.
 */
record RandomContraction(Contraction contraction, double[] initial, double[] left, double[] right) {
    private static final int TARGET = 0;
    private static final int LEFT = 1;
    private static final int RIGHT = 2;

    /** An index of each kind, and a second one of three: batch, rows, lanes, summed. */
    static RandomContraction of(Random random, int[] extents) {
        long[] c = new long[7];
        long[] a = new long[7];
        long[] b = new long[7];
        // slots: 0 batch; 1, 2 rows; 3, 4 lanes; 5, 6 summed
        int sizeC = lay(random, c, extents, 0, 1, 2, 3, 4);
        List<Linear> leftMask = new ArrayList<>();
        List<Linear> rightMask = new ArrayList<>();
        long[] constants = new long[2];
        int sizeA = operand(random, a, extents, 2, 6, 1, 5, leftMask, constants, 0);
        int sizeB = operand(random, b, extents, 4, 5, 3, 6, rightMask, constants, 1);
        Contraction contraction = new Contraction(
                TARGET,
                linear(c, 0),
                new Operand(LEFT, linear(a, constants[0]), group(extents, 1, 2), leftMask),
                new Operand(RIGHT, linear(b, constants[1]), group(extents, 3, 4), rightMask),
                group(extents, 0),
                group(extents, 5, 6),
                random.nextBoolean(),
                Optional.empty());
        return new RandomContraction(
                contraction, numbers(random, sizeC), numbers(random, sizeA), numbers(random, sizeB));
    }

    private static Group group(int[] extents, int... slots) {
        List<Integer> in = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int slot : slots) {
            in.add(slot);
            sizes.add(extents[slot]);
        }
        return new Group(in, sizes);
    }

    /**
     * Lays an operand over the batch and four indices. Sometimes the first two share a dimension as {@code own + summed - p},
     * and what lies outside is masked.
     */
    private static int operand(
            Random random,
            long[] weights,
            int[] extents,
            int own,
            int summed,
            int otherOwn,
            int otherSummed,
            List<Linear> masks,
            long[] constants,
            int which) {
        if (random.nextBoolean()) {
            return lay(random, weights, extents, 0, own, summed, otherOwn, otherSummed);
        }
        int reach = extents[own] + extents[summed] - 1;
        int padding = random.nextInt(Math.min(3, reach));
        int extent = Math.max(1, reach - padding - random.nextInt(Math.min(3, reach)));
        int[] merged = extents.clone();
        merged[own] = extent;
        int size = lay(random, weights, merged, 0, own, otherOwn, otherSummed);
        weights[summed] = weights[own];
        constants[which] = -padding * weights[own];
        long[] low = new long[extents.length];
        low[own] = 1;
        low[summed] = 1;
        masks.add(linear(low, -padding));
        long[] high = new long[extents.length];
        high[own] = -1;
        high[summed] = -1;
        masks.add(linear(high, extent - 1L + padding));
        return size;
    }

    /** Gives indices their weights, the fastest first, in any order and maybe with gaps; returns the size. */
    private static int lay(Random random, long[] weights, int[] extents, int... slots) {
        List<Integer> order = new ArrayList<>();
        for (int slot : slots) {
            order.add(slot);
        }
        Collections.shuffle(order, random);
        int stride = random.nextInt(4) == 0 ? 2 : 1;
        for (int slot : order) {
            weights[slot] = stride;
            stride *= extents[slot] + (random.nextInt(6) == 0 ? 1 : 0);
        }
        return stride;
    }

    private static Linear linear(long[] weights, long constant) {
        int[] slots =
                IntStream.range(0, weights.length).filter(i -> weights[i] != 0).toArray();
        return new Linear(slots, Arrays.stream(slots).mapToLong(i -> weights[i]).toArray(), constant);
    }

    private static double[] numbers(Random random, int size) {
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** The target after the contraction has run, shared out to threads however small it is. */
    double[] run(DType dtype, Kernels kernels, Workers workers, int threads) {
        Lanes lanes = switch (dtype) {
            case FLOAT64 -> new DoubleLanes(3, kernels);
            case FLOAT32 -> new FloatLanes(3, kernels);
        };
        lanes.put(TARGET, tensor(dtype, initial));
        lanes.put(LEFT, tensor(dtype, left));
        lanes.put(RIGHT, tensor(dtype, right));
        Product product = lanes.product(contraction.oriented());
        product.run(workers, threads);
        lanes.put(TARGET, tensor(dtype, initial));
        product.run(workers, threads); // a second time on the same buffers: what they held must not matter
        return lanes.view(TARGET, Shape.of(initial.length)).toDoubles().values();
    }

    private static Tensor tensor(DType dtype, double[] values) {
        if (dtype == DType.FLOAT64) {
            return new Tensor.Doubles(Shape.of(values.length), values.clone());
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Tensor.Floats(Shape.of(values.length), floats);
    }
}
