package devml.run;

import devml.oracle.Enclosed;
import devml.oracle.OracleNumbers;
import devml.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * What a network yields, proven.
 *
 * @param dtype the type of the computation whose errors are bounded
 * @param tensors gradients by the names of parameters and inputs, {@code values/NAME}, {@code loss}
 * @param open the comparisons that are open, and on which one of the tensors depends
 * @param near those that are not open, of numbers within the distance that was asked for
 */
public record Proof(DType dtype, Map<String, Enclosure> tensors, List<OpenComparison> open, List<OpenComparison> near) {

    /**
     * Evaluates a network in balls.
     *
     * @param wanted the gradients: names of parameters and inputs
     * @param distance of the two sides of comparisons to be noted though they are not open; 0 for none
     * @param threads how many share out the batches, on which the result does not depend; each needs room for one. Where a
     *     batch leaves buffers to the next, one thread works
     * @param progress is told the number of each batch that is done
     */
    public static Proof of(Workload workload, Set<String> wanted, double distance, int threads, IntConsumer progress) {
        ProvenTotals totals = new ProvenTotals(workload);
        int count = workload.batches();
        if (count == 1 || leavesBuffers(workload, wanted)) {
            Map<String, Enclosed> left = Map.of();
            for (int batch = 0; batch < count; batch++) {
                ProvenBatch.Result result =
                        ProvenBatch.of(workload, wanted, batch).run(distance, totals.open(), left);
                totals.add(batch, result, totals.open());
                left = result.buffers();
                progress.accept(batch + 1);
            }
            return totals.proof();
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, count))) {
            for (int first = 0; first < count; first += threads) {
                List<Callable<ProvenBatch.Result>> some = new ArrayList<>();
                for (int batch = first; batch < Math.min(first + threads, count); batch++) {
                    ProvenBatch one = ProvenBatch.of(workload, wanted, batch); // reads its data here, in order
                    some.add(() -> one.run(distance, 0, Map.of()));
                }
                int batch = first;
                for (Future<ProvenBatch.Result> result : workers.invokeAll(some)) {
                    totals.add(batch++, result.get(), 0);
                    progress.accept(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause; // of bad input, mostly
                case Error cause -> throw cause; // as of too little memory
                default -> throw new IllegalStateException(e.getCause());
            }
        }
        return totals.proof();
    }

    private static boolean leavesBuffers(Workload workload, Set<String> wanted) {
        return !Program.of(workload.network(), wanted).update().isEmpty();
    }

    /** Adds up what the batches yield, as {@link Runner} does. */
    private static final class ProvenTotals {
        private final Workload workload;
        private final Batches batches;
        private final Joining joining;
        private final Set<String> rows;
        private final String output;
        private final Map<String, Enclosed> tensors = new LinkedHashMap<>();
        private final List<OpenComparison> open = new ArrayList<>();
        private final List<OpenComparison> near = new ArrayList<>();

        ProvenTotals(Workload workload) {
            this.workload = workload;
            this.batches = workload.cut();
            this.joining = workload.joining();
            this.rows = workload.rows();
            this.output = ProvenBatch.VALUES + workload.network().output().name();
        }

        /** How many open comparisons there are. */
        int open() {
            return open.size();
        }

        /** @param first the number of the first open comparison of this batch, as its tensors have it */
        void add(int batch, ProvenBatch.Result result, int first) {
            int from = open.size() - first;
            result.tensors().forEach((name, tensor) -> {
                Enclosed own = tensor.countingFrom(from);
                tensors.merge(name, scaled(name, own, batch), (sum, next) -> joined(name, sum, next));
            });
            result.buffers()
                    .forEach((name, tensor) -> tensors.put(ProvenBatch.VALUES + name, tensor.countingFrom(from)));
            open.addAll(
                    result.open().subList(0, Math.min(result.open().size(), OracleNumbers.MOST_KINKS - open.size())));
            near.addAll(result.near());
        }

        private Enclosed scaled(String name, Enclosed tensor, int batch) {
            return !isValue(name) && joining == Joining.AVERAGED
                    ? tensor.times(batches.samples(batch), batches.samples())
                    : tensor;
        }

        /** Whether it is what a layer puts out for each batch, and no part of what all of them make together. */
        private boolean isValue(String name) {
            return name.startsWith(ProvenBatch.VALUES) && !(joining.makesOne() && name.equals(output));
        }

        private Enclosed joined(String name, Enclosed sum, Enclosed next) {
            if (isValue(name)) {
                return rows.contains(name.substring(ProvenBatch.VALUES.length())) ? sum.before(next) : next;
            }
            if (name.equals(Piece.LOSS) && joining == Joining.APPENDED) {
                return sum.before(next);
            }
            return workload.inputs().containsKey(name) && batches.cuts(name) ? sum.before(next) : sum.plus(next);
        }

        Proof proof() {
            Map<String, Enclosure> enclosures = new LinkedHashMap<>();
            Optional.ofNullable(tensors.remove(ProvenBatch.DIVISOR))
                    .ifPresent(divisor ->
                            tensors.replaceAll((name, tensor) -> isValue(name) ? tensor : tensor.dividedBy(divisor)));
            tensors.forEach((name, tensor) -> enclosures.put(name, Enclosure.of(tensor)));
            return new Proof(workload.dtype(), enclosures, dependedOn(enclosures), near);
        }

        private List<OpenComparison> dependedOn(Map<String, Enclosure> enclosures) {
            List<Map<String, List<List<Integer>>>> dependents = new ArrayList<>();
            open.forEach(_ -> dependents.add(new LinkedHashMap<>()));
            enclosures.forEach((name, enclosure) -> {
                for (int i = 0; i < enclosure.doubts().size(); i++) {
                    List<Integer> index = enclosure.midpoint().shape().index(i);
                    enclosure.doubts().get(i).stream()
                            .forEach(kink -> dependents
                                    .get(kink)
                                    .computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(index));
                }
            });
            List<OpenComparison> depended = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (!dependents.get(i).isEmpty()) {
                    depended.add(open.get(i).with(dependents.get(i)));
                }
            }
            return depended;
        }
    }
}
