package dev.nurture.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Lets several threads use one part at once, each with values of its own. */
final class Concurrently {
    private static final int THREADS = 4;
    private static final int CALLS = 60;

    private Concurrently() {}

    /**
     * Prepares each thread's work alone, one after the other, then repeats all of it at once.
     *
     * @param work by the thread's number; what it throws first is thrown from here
     */
    static void require(IntFunction<Runnable> work) {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < THREADS; i++) {
            Runnable mine = work.apply(i);
            Thread thread = new Thread(() -> repeat(mine, start, failure), "contract-thread-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        start.countDown();
        join(threads.toArray(Thread[]::new));
        rethrow(failure.get());
    }

    /** Waits for all threads to end. */
    static void join(Thread... threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Throws what another thread threw, unless it is null. */
    static void rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private static void repeat(Runnable work, CountDownLatch start, AtomicReference<Throwable> failure) {
        try {
            start.await();
            for (int i = 0; i < CALLS && failure.get() == null; i++) {
                work.run();
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }
}
