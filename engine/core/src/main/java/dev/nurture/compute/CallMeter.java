package dev.nurture.compute;

import dev.nurture.spi.RunListener.Counter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of one BLAS operation, the time they take, and the arithmetic they do. Any thread. */
final class CallMeter {
    private final String operation;
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder flops = new LongAdder();

    /** @param operation its name, such as {@code gemm} */
    CallMeter(String operation) {
        this.operation = operation;
    }

    /**
     * Counts a call.
     *
     * @param start when it began, by {@link System#nanoTime}
     * @param operations multiplications and additions
     */
    void count(long start, long operations) {
        nanos.add(System.nanoTime() - start);
        calls.increment();
        flops.add(operations);
    }

    List<Counter> counters() {
        Optional<String> label = Optional.of("operation");
        return List.of(
                new Counter("blas_calls", "calls of BLAS", label, operation, calls::sum),
                new Counter(
                        "blas_seconds",
                        "time in BLAS, of all workers together",
                        label,
                        operation,
                        () -> nanos.sum() / 1e9),
                new Counter("blas_flops", "multiplications and additions done in BLAS", label, operation, flops::sum));
    }
}
