package dev.nurture.monitoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Samples that wait to be sent, at most so many. Those who put never wait: when it is full the oldest go, for the newest are
 * worth more. Any thread.
 */
final class PushQueue {
    private final int capacity;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private long dropped;
    private boolean closed;

    PushQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Puts samples, in the order of time. Once it is closed they are dropped. */
    synchronized void put(List<Sample> more) {
        if (closed) {
            dropped += more.size();
            return;
        }
        for (Sample sample : more) {
            if (samples.size() == capacity) {
                samples.remove();
                dropped++;
            }
            samples.add(sample);
        }
        notifyAll();
    }

    /**
     * Takes the oldest samples. Waits until there is one, and then for more.
     *
     * @param most at which it does not wait for more
     * @param patience for how long at most it waits for more, milliseconds
     * @return empty when it is closed and nothing is left
     */
    synchronized List<Sample> take(int most, long patience) throws InterruptedException {
        while (samples.isEmpty() && !closed) {
            wait();
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        int enough = Math.min(most, capacity);
        while (samples.size() < enough && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        List<Sample> taken = new ArrayList<>();
        while (!samples.isEmpty() && taken.size() < most) {
            taken.add(samples.remove());
        }
        return taken;
    }

    /** Takes no more samples; those that are there can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits, but no longer than until it is closed, and tells whether it is. */
    synchronized boolean pause(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized int size() {
        return samples.size();
    }

    /** Returns how many samples were dropped. */
    synchronized long dropped() {
        return dropped;
    }
}
