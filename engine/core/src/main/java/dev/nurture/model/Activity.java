package dev.nurture.model;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the training thread and its workers are at, for whoever must say why nothing moves any more. Written at every
 * step, without a lock or an allocation; read by any thread.
 */
public final class Activity {
    private final AtomicReferenceArray<Work> work;
    private volatile long batches;
    private volatile boolean training;

    /**
     * A piece of work that is a plugin's to do.
     *
     * @param what as in "in …", such as {@code forward pass of layer dense_1}
     * @param subject the layer or tensor, such as {@code dense_1}
     */
    public record Work(String what, String subject) {}

    /** @param workers how many there are, with the training thread */
    public Activity(int workers) {
        work = new AtomicReferenceArray<>(workers);
    }

    /** A batch begins, of training or of an evaluation. Training thread. */
    public void batch(boolean training) {
        this.training = training;
        // One thread writes it.
        batches++;
    }

    /** A piece of work of the training thread begins. */
    public void begin(Work next) {
        begin(0, next);
    }

    /**
     * A piece of work begins.
     *
     * @param worker by whom; 0 is the training thread
     * @param next null when a worker is done with what was its own
     */
    public void begin(int worker, Work next) {
        work.setRelease(worker, next);
    }

    /** The training thread turns to what is the engine's own and may take its time, such as writing a checkpoint. */
    public void rest() {
        begin(0, null);
    }

    /** Tells whether the training thread is at work that is a plugin's to do. */
    public boolean working() {
        return work.getAcquire(0) != null;
    }

    /** Returns what a worker is at; what the training thread is at when the worker has nothing of its own; or null. */
    public Work of(int worker) {
        Work own = work.getAcquire(worker);
        return own != null ? own : work.getAcquire(0);
    }

    /** Returns how many batches have begun, of training and of evaluation. */
    public long batches() {
        return batches;
    }

    /** Tells whether the batch under way is one of training. */
    public boolean training() {
        return training;
    }
}
