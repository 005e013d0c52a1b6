package devml.fast;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share out numbered pieces of work. What a piece computes must not depend on who does it, nor when.
 *
 * <p>Steps follow one another within microseconds, so that a thread without work looks out for more for a moment before it
 * goes to sleep. It never looks out for long: on a busy machine that would take the time of those who work.
 */
public final class Workers {

    /** A piece of work, for the worker of a number. */
    interface Piece {
        void run(int worker, int piece);
    }

    /** For how long a thread looks out, in nanoseconds: a thread that sleeps is woken in about as much. */
    private static final long PATIENCE = 30_000;

    private final int count;
    private final Kernels kernels;
    private final Thread[] threads;
    private volatile Job current = Job.NONE;

    /** So many threads run at once, the caller's included, on the fastest kernels that there are. */
    public Workers(int count) {
        this(count, Kernels.preferred());
    }

    /**
     * Threads that compute on some kernels.
     *
     * @param count how many run at once, the caller's included
     * @param kernels available ones
     */
    public Workers(int count, Kernels kernels) {
        this.kernels = kernels;
        this.count = count;
        this.threads = new Thread[count];
    }

    Kernels kernels() {
        return kernels;
    }

    int count() {
        return count;
    }

    /** Does all pieces, in any order, and returns when the last one is done. */
    synchronized void run(int pieces, Piece piece) {
        int workers = Math.min(count, pieces);
        if (workers <= 1) {
            for (int i = 0; i < pieces; i++) {
                piece.run(0, i);
            }
            return;
        }
        Job job = new Job(pieces, piece, workers, Thread.currentThread());
        current = job;
        for (int worker = 1; worker < workers; worker++) {
            if (threads[worker] == null) {
                int number = worker;
                threads[worker] =
                        Thread.ofPlatform().daemon().name("devml-" + worker).start(() -> serve(number));
            } else {
                LockSupport.unpark(threads[worker]);
            }
        }
        job.take(0);
        waitWhile(() -> job.open.get() > 0);
        Throwable failure = job.failure.get();
        current = Job.NONE;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void serve(int worker) {
        Job done = Job.NONE;
        while (true) {
            Job last = done;
            waitWhile(() -> current == last || worker >= current.workers);
            done = current;
            if (worker < done.workers) {
                done.take(worker);
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void waitWhile(Condition condition) {
        long start = 0;
        boolean interrupted = false;
        while (condition.holds()) {
            long now = System.nanoTime();
            start = start == 0 ? now : start;
            if (now - start < PATIENCE) {
                Thread.onSpinWait();
            } else {
                LockSupport.park();
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some pieces, and how far they have come. */
    private static final class Job {
        private static final Job NONE = new Job(0, (_, _) -> {}, 0, null);

        private final int pieces;
        private final Piece piece;
        private final int workers;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger open;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Job(int pieces, Piece piece, int workers, Thread caller) {
            this.pieces = pieces;
            this.piece = piece;
            this.workers = workers;
            this.caller = caller;
            this.open = new AtomicInteger(pieces);
        }

        /** Does pieces until none is left; the first failure is kept for the caller. */
        void take(int worker) {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        piece.run(worker, i);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
                if (open.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }
}
