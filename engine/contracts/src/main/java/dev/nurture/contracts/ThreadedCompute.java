package dev.nurture.contracts;

import dev.nurture.spi.Tile;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Spreads tiles over threads that are new at each call, so that what they share without leave shows. */
final class ThreadedCompute extends PlainCompute {
    ThreadedCompute(int workers) {
        super(workers);
    }

    @Override
    public void run(int tiles, Tile tile) {
        if (tiles <= 1 || workers() == 1) {
            super.run(tiles, tile);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[workers()];
        for (int i = 0; i < threads.length; i++) {
            int worker = i;
            threads[i] = new Thread(() -> work(tiles, tile, worker, next, failure), "contract-worker-" + i);
            threads[i].setDaemon(true);
            threads[i].start();
        }
        Concurrently.join(threads);
        Concurrently.rethrow(failure.get());
    }

    private static void work(int tiles, Tile tile, int worker, AtomicInteger next, AtomicReference<Throwable> failure) {
        try {
            for (int i = next.getAndIncrement(); i < tiles; i = next.getAndIncrement()) {
                tile.run(i, worker);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }
}
