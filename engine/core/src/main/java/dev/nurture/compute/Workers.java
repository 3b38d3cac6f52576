package dev.nurture.compute;

import dev.nurture.spi.Tile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that do the tiles of one piece of work at a time, the caller among them.
 *
 * <p>The gaps between two pieces of work in a training step are some microseconds, so a worker that has nothing to do
 * spins for a while before it sleeps. Nothing is allocated after construction. {@link #run} is for one thread.
 */
public final class Workers implements AutoCloseable {
    /** Looks at the state before sleeping; with the pause instruction some 50 µs. */
    private static final int SPINS = 2_000;

    private final Thread[] threads;

    /**
     * High half: the number of the piece of work; low half: how many of its tiles nobody has taken yet. A worker takes
     * tile {@code n} by counting it down, which fails if the work has changed since it looked; and work cannot change
     * while a tile that was taken is not done, so {@link #tile} may be read after that without a lock.
     */
    private final AtomicLong state = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger asleep = new AtomicInteger();
    private Tile tile;
    private volatile Throwable failure;
    private volatile boolean closed;

    /**
     * Starts the threads.
     *
     * @param workers how many there are with the caller, at least 1
     */
    public Workers(int workers) {
        threads = new Thread[workers - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> work(worker), "nurture-worker-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Returns how many there are, with the caller. */
    public int count() {
        return threads.length + 1;
    }

    /** Returns the threads beside the caller's; the first is worker 1. */
    public List<Thread> threads() {
        return List.of(threads);
    }

    /**
     * Does tiles {@code 0 … tiles-1} and returns when all are done.
     *
     * <p>What a tile throws, if one does, is thrown from here, checked or not.
     */
    public void run(int tiles, Tile tile) {
        if (tiles == 1 || threads.length == 0) {
            for (int i = 0; i < tiles; i++) {
                tile.run(i, 0);
            }
            return;
        }
        if (tiles == 0) {
            return;
        }
        this.tile = tile;
        unfinished.set(tiles);
        state.set(((state.get() >>> 32) + 1) << 32 | tiles);
        if (asleep.get() > 0) {
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
        while (takeOne(0)) {}
        for (int spins = 0; unfinished.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        this.tile = null;
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            Workers.<RuntimeException>rethrow(thrown);
        }
    }

    private boolean takeOne(int worker) {
        while (true) {
            long seen = state.get();
            int left = (int) seen;
            if (left == 0) {
                return false;
            }
            if (state.compareAndSet(seen, seen - 1)) {
                try {
                    tile.run(left - 1, worker);
                } catch (Throwable e) {
                    // Code of another compiler may throw a checked exception undeclared; it must not end the thread.
                    failure = e;
                } finally {
                    unfinished.decrementAndGet();
                }
                return true;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void work(int worker) {
        int spins = 0;
        while (!closed) {
            if (takeOne(worker)) {
                spins = 0;
            } else if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                asleep.incrementAndGet();
                // Work that came between the last look and the line above found nobody asleep.
                if ((int) state.get() == 0 && !closed) {
                    LockSupport.park(this);
                }
                asleep.decrementAndGet();
                spins = 0;
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
