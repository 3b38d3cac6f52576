package dev.nurture.train;

import dev.nurture.config.Definition;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Says when a checkpoint is due: after so many epochs, steps or minutes. The minutes are those of a clock that only goes
 * forward, since the last checkpoint or since the run began or was taken up again. For the training thread.
 */
final class CheckpointPlan {
    private static final double NANOS_A_MINUTE = 60e9;

    private final int epochs;
    private final OptionalInt steps;
    private final OptionalDouble minutes;
    private final LongSupplier nanos;
    private long last;

    CheckpointPlan(Definition.Training training) {
        this(training, System::nanoTime);
    }

    /** Takes the time from elsewhere; no result depends on it. */
    CheckpointPlan(Definition.Training training, LongSupplier nanos) {
        epochs = training.checkpointEvery();
        steps = training.checkpointSteps().map(OptionalInt::of).orElse(OptionalInt.empty());
        minutes = training.checkpointMinutes().map(OptionalDouble::of).orElse(OptionalDouble.empty());
        this.nanos = nanos;
        last = nanos.getAsLong();
    }

    /** Tells whether one is due between two steps of an epoch. */
    boolean dueBetween(long step) {
        return steps.isPresent() && step % steps.getAsInt() == 0
                || minutes.isPresent() && (nanos.getAsLong() - last) / NANOS_A_MINUTE >= minutes.getAsDouble();
    }

    /** Tells whether one is due at the end of an epoch. */
    boolean dueAfter(int epoch, long step) {
        return epoch % epochs == 0 || dueBetween(step);
    }

    /** One has been written. */
    void saved() {
        last = nanos.getAsLong();
    }
}
