package devml.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import devml.tensor.DType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What no program on this machine can surpass, measured here and now: the name is Williams, Waterman & Patterson's (2009,
 * "Roofline: an insightful visual performance model for multicore architectures").
 *
 * @param flops operations a second of fused multiply-adds, each counted as two, in all lanes of the vectors that Java uses
 * @param bytes what is read and written of memory a second, when a large array is copied
 */
public record Roofline(double flops, double bytes) {
    private static final int ROUNDS = 20;
    private static final int ITERATIONS = 1_000_000;

    /** Enough to hide the latency of an addition: 4 or 5 cycles, two a cycle. */
    private static final int CHAINS = 10;

    /** More than caches hold, of all threads together. */
    private static final int COPIED_DOUBLES = 8 << 20;

    /** Where results go, lest their computation be dropped. */
    @SuppressWarnings("UnusedVariable")
    private static volatile double sink;

    /** Measures, which takes a few tenths of a second. */
    public static Roofline measure(DType dtype, int threads) {
        // A multiply-add takes a core as long for one number as for a whole vector.
        double rate = rates(threads, 2.0 * CHAINS * ITERATIONS, Roofline::multiplyAdds);
        int size = COPIED_DOUBLES / threads;
        List<double[]> arrays = new ArrayList<>();
        for (int i = 0; i < 2 * threads; i++) {
            arrays.add(new double[size]);
        }
        double copied = rates(
                threads,
                2.0 * Double.BYTES * size,
                thread -> System.arraycopy(arrays.get(2 * thread), 0, arrays.get(2 * thread + 1), 0, size));
        return new Roofline(rate * lanes(dtype), copied);
    }

    /** The numbers in a vector. */
    private static int lanes(DType dtype) {
        String bytes = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxVectorSize")
                .getValue();
        return Integer.parseInt(bytes) / dtype.bytes();
    }

    /** What each thread does. */
    private interface Work {
        void run(int thread);
    }

    /**
     * The amounts of work a second of all threads together, while all of them are at it; of each, at best: interruptions
     * only ever make it slower.
     */
    private static double rates(int threads, double amount, Work work) {
        double[] rates = new double[threads];
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(Thread.ofPlatform().daemon().start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    long begin = System.nanoTime();
                    work.run(thread);
                    rates[thread] = Math.max(rates[thread], amount / ((System.nanoTime() - begin) / 1e9));
                }
            }));
        }
        running.forEach(Roofline::join);
        return Arrays.stream(rates).sum();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static void multiplyAdds(int thread) {
        double x = 1 - 1e-9;
        double y = 1e-9 * (thread + 1);
        double a = 0;
        double b = 1;
        double c = 2;
        double d = 3;
        double e = 4;
        double f = 5;
        double g = 6;
        double h = 7;
        double i = 8;
        double j = 9;
        for (int n = 0; n < ITERATIONS; n++) {
            a = Math.fma(a, x, y);
            b = Math.fma(b, x, y);
            c = Math.fma(c, x, y);
            d = Math.fma(d, x, y);
            e = Math.fma(e, x, y);
            f = Math.fma(f, x, y);
            g = Math.fma(g, x, y);
            h = Math.fma(h, x, y);
            i = Math.fma(i, x, y);
            j = Math.fma(j, x, y);
        }
        sink = a + b + c + d + e + f + g + h + i + j;
    }
}
