package dev.nurture.contracts;

import java.lang.management.ManagementFactory;

/** Measures what a piece of work allocates once it is compiled. */
final class Allocation {
    private static final int CALLS = 2_000;
    private static final int ROUNDS = 25;

    private Allocation() {}

    /** Requires that work allocates nothing. */
    static void requireNone(String what, Runnable work) {
        requireAtMost(0, what, work);
    }

    /**
     * Requires that work, repeated until it is compiled, allocates no more than some bytes a call. Objects that the compiler
     * keeps off the heap do not count, so the work gets several rounds to be compiled in.
     *
     * @param what it is, for the sentence
     */
    static void requireAtMost(int bytes, String what, Runnable work) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new NotApplicable("this JVM does not count what a thread allocates");
        }
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS && least >= bytes + 1; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            least = Math.min(least, (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        if (least >= bytes + 1) {
            throw new Violation(
                    what + " allocates memory",
                    Math.round(least) + " bytes a call",
                    bytes == 0 ? "none" : "at most " + bytes);
        }
    }
}
