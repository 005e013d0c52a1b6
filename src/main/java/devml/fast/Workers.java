package devml.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that share out numbered pieces of work. What a piece computes must not depend on who does it, nor when. */
public final class Workers {

    /** A piece of work, for the worker of a number. */
    interface Piece {
        void run(int worker, int piece);
    }

    private final int count;
    private final ExecutorService pool;

    /** The number of threads that run at once, the caller's included. */
    public Workers(int count) {
        this.count = count;
        this.pool = count == 1
                ? null
                : Executors.newFixedThreadPool(
                        count - 1,
                        Thread.ofPlatform().daemon().name("devml-", 1).factory());
    }

    int count() {
        return count;
    }

    /** Does all pieces, in any order, and returns when the last one is done. */
    void run(int pieces, Piece piece) {
        int workers = Math.min(count, pieces);
        if (workers <= 1) {
            for (int i = 0; i < pieces; i++) {
                piece.run(0, i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>();
        for (int worker = 1; worker < workers; worker++) {
            int number = worker;
            others.add(pool.submit(() -> take(number, pieces, next, piece)));
        }
        try {
            take(0, pieces, next, piece);
        } finally {
            others.forEach(Workers::await);
        }
    }

    private static void take(int worker, int pieces, AtomicInteger next, Piece piece) {
        for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            piece.run(worker, i);
        }
    }

    private static void await(Future<?> other) {
        try {
            other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while computing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
