package devml.fast;

import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the contraction kernels to plain loops in double-double, and to one another bit by bit. */
class ContractionTest {
    private static final List<Workers> WORKERS =
            Stream.of(1, 2, 3, 8).map(Workers::new).toList();

    /** Extents around those of tiles, strips, panels and blocks of summed points. */
    private static final int[] AWKWARD = {1, 13, 207, 4098};

    @ParameterizedTest
    @EnumSource(DType.class)
    void staysWithinTheBoundOnAwkwardSizes(DType dtype) {
        Random random = new Random(1);
        for (int rows : AWKWARD) {
            for (int lanes : AWKWARD) {
                for (int summed : AWKWARD) {
                    if ((long) rows * lanes * summed <= 300_000) {
                        int[] extents = {1, 1, rows, 1, lanes, 1, summed};
                        check(dtype, RandomContraction.of(random, extents), false);
                    }
                }
            }
        }
    }

    static Stream<Integer> seeds() {
        return Stream.iterate(0, i -> i + 1).limit(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheBoundAtRandom(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int[] extents = new int[7];
            extents[0] = 1 + random.nextInt(3);
            for (int slot = 1; slot < 7; slot++) {
                extents[slot] = 1 + random.nextInt(random.nextInt(4) == 0 ? 24 : 5);
            }
            RandomContraction contraction = RandomContraction.of(random, extents);
            check(i % 2 == 0 ? DType.FLOAT64 : DType.FLOAT32, contraction, i % 8 > 5);
        }
    }

    /** Rows that are windows onto the same elements read them where a copy has them interleaved. */
    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheBoundWhereACopyServesManyRows(int seed) {
        Random random = new Random(seed);
        for (int staged = 0; staged < 8; ) {
            int[] extents = {1, 4 + 4 * random.nextInt(2), 3 + random.nextInt(4), 1, 1 + random.nextInt(20), 1, 1};
            extents[5] = 1 + random.nextInt(6);
            extents[6] = 1 + random.nextInt(6);
            extents[5 + random.nextInt(2)] = 32 + random.nextInt(90);
            RandomContraction contraction = RandomContraction.of(random, extents);
            if (isStaged(contraction)) {
                check(staged % 2 == 0 ? DType.FLOAT64 : DType.FLOAT32, contraction, staged % 4 > 1);
                staged++;
            }
        }
    }

    /** So many elements that the copy is made part by part. */
    @ParameterizedTest
    @EnumSource(DType.class)
    void staysWithinTheBoundWhereTheCopyHasNoRoomForAll(DType dtype) {
        Random random = new Random(1);
        int[] extents = {1, 64, 3, 1, 2, 1, 20_000};
        RandomContraction contraction = RandomContraction.of(random, extents);
        while (!isStaged(contraction) || contraction.contraction().left().mask().isEmpty()) {
            contraction = RandomContraction.of(random, extents);
        }
        Packing packing = Packing.of(contraction.contraction().oriented(), 64);
        assertThat(packing.staging().end(0, extents[1])).isLessThan(packing.summedBlocks());
        check(dtype, contraction, false);
    }

    private static boolean isStaged(RandomContraction random) {
        return Packing.of(random.contraction().oriented(), 64).staging() != null;
    }

    /** A masked point contributes nothing, not 0 times what is there: 0 times infinity would show. */
    private static void check(DType dtype, RandomContraction random, boolean poisons) {
        if (poisons) {
            random.left()[random.left().length / 2] = Double.POSITIVE_INFINITY;
            random.right()[random.right().length / 3] = Double.NaN;
        }
        double[] plain = random.run(dtype, Kernels.PLAIN, WORKERS.getFirst(), 1);
        for (Kernels kernels : Kernels.values()) {
            for (Workers workers : WORKERS) {
                assertThat(random.run(dtype, kernels, workers, workers.count()))
                        .as("%s with %d threads", kernels, workers.count())
                        .isEqualTo(plain);
            }
        }
        double unit = dtype == DType.FLOAT64 ? 0x1p-53 : 0x1p-24;
        Expected expected = new Expected(random);
        for (int i = 0; i < plain.length; i++) {
            DD exact = expected.sums[i];
            if (!Double.isFinite(exact.hi())) {
                assertThat(Double.valueOf(plain[i])).as("element %d", i).isEqualTo(Double.valueOf(exact.hi()));
                continue;
            }
            double error = Math.abs(DD.of(plain[i]).subtract(exact).doubleValue());
            // Higham 2002, section 3.1: n + 1 roundings at most, the bound of any order; u^2 for its second-order
            // terms.
            double bound = (expected.terms[i] + 1) * unit * (1 + 0x1p-10) * expected.magnitudes[i];
            assertThat(error).as("error of element %d", i).isLessThanOrEqualTo(bound);
        }
    }

    /** The same by loops over all indices. */
    private static final class Expected {
        private final Contraction contraction;
        private final DD[] sums;
        private final double[] magnitudes;
        private final int[] terms;
        private final List<int[]> all = new ArrayList<>();

        Expected(RandomContraction random) {
            contraction = random.contraction();
            int size = random.initial().length;
            sums = new DD[size];
            magnitudes = new double[size];
            terms = new int[size];
            boolean[] written = new boolean[size];
            for (int i = 0; i < size; i++) {
                sums[i] = DD.of(random.initial()[i]);
                magnitudes[i] = Math.abs(random.initial()[i]);
            }
            long[] index = new long[7];
            collect();
            int[] extents = all.getFirst();
            for (index[0] = 0; index[0] < extents[0]; index[0]++) {
                for (index[1] = 0; index[1] < extents[1]; index[1]++) {
                    for (index[2] = 0; index[2] < extents[2]; index[2]++) {
                        for (index[3] = 0; index[3] < extents[3]; index[3]++) {
                            for (index[4] = 0; index[4] < extents[4]; index[4]++) {
                                element(random, index, extents, written);
                            }
                        }
                    }
                }
            }
        }

        private void collect() {
            int[] extents = new int[7];
            for (Group group :
                    List.of(contraction.batch(), contraction.rows(), contraction.lanes(), contraction.summed())) {
                for (int i = 0; i < group.slots().size(); i++) {
                    extents[group.slots().get(i)] = group.extents().get(i);
                }
            }
            all.add(extents);
        }

        private void element(RandomContraction random, long[] index, int[] extents, boolean[] written) {
            int at = (int) contraction.at().at(index);
            if (!contraction.accumulates() && !written[at]) {
                sums[at] = DD.ZERO;
                magnitudes[at] = 0;
            }
            written[at] = true;
            for (index[5] = 0; index[5] < extents[5]; index[5]++) {
                for (index[6] = 0; index[6] < extents[6]; index[6]++) {
                    if (counts(index)) {
                        double left =
                                random.left()[(int) contraction.left().at().at(index)];
                        double right =
                                random.right()[(int) contraction.right().at().at(index)];
                        sums[at] = plus(sums[at], left, right);
                        magnitudes[at] += Math.abs(left * right);
                        terms[at]++;
                    }
                }
            }
        }

        private static DD plus(DD sum, double left, double right) {
            return Double.isFinite(left * right) && Double.isFinite(sum.hi())
                    ? sum.add(DD.ofProduct(left, right))
                    : DD.of(sum.hi() + left * right);
        }

        private boolean counts(long[] index) {
            return Stream.concat(contraction.left().mask().stream(), contraction.right().mask().stream())
                    .allMatch(mask -> mask.at(index) >= 0);
        }
    }
}
