package dev.nurture.train;

import dev.nurture.config.Definition;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Says when a checkpoint is due: after so many epochs, steps or minutes, or after certain steps. The minutes are those of
 * a clock that only goes forward, since the last checkpoint or since the run began or was taken up again. For the
 * training thread.
 */
public final class CheckpointPlan {
    private static final double NANOS_A_MINUTE = 60e9;

    private final OptionalInt epochs;
    private final long[] certain;
    private final OptionalInt steps;
    private final OptionalDouble minutes;
    private final LongSupplier nanos;
    private long last;

    /** Takes the time from elsewhere; no result depends on it. */
    CheckpointPlan(Definition.Training training, LongSupplier nanos) {
        epochs = OptionalInt.of(training.checkpointEvery());
        certain = new long[0];
        steps = training.checkpointSteps().map(OptionalInt::of).orElse(OptionalInt.empty());
        minutes = training.checkpointMinutes().map(OptionalDouble::of).orElse(OptionalDouble.empty());
        this.nanos = nanos;
        last = nanos.getAsLong();
    }

    private CheckpointPlan(long[] certain) {
        epochs = OptionalInt.empty();
        this.certain = certain;
        steps = OptionalInt.empty();
        minutes = OptionalDouble.empty();
        nanos = System::nanoTime;
    }

    /** Returns the plan of a definition. */
    public static CheckpointPlan of(Definition.Training training) {
        return new CheckpointPlan(training, System::nanoTime);
    }

    /** Returns a plan for checkpoints after these steps alone. */
    public static CheckpointPlan after(Collection<Long> steps) {
        return new CheckpointPlan(
                steps.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Tells whether one is due between two steps of an epoch. */
    boolean dueBetween(long step) {
        return Arrays.binarySearch(certain, step) >= 0
                || steps.isPresent() && step % steps.getAsInt() == 0
                || minutes.isPresent() && (nanos.getAsLong() - last) / NANOS_A_MINUTE >= minutes.getAsDouble();
    }

    /** Tells whether one is due at the end of an epoch. */
    boolean dueAfter(int epoch, long step) {
        return epochs.isPresent() && epoch % epochs.getAsInt() == 0 || dueBetween(step);
    }

    /** One has been written. */
    void saved() {
        last = nanos.getAsLong();
    }
}
