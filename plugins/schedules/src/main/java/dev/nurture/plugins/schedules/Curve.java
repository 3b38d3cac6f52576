package dev.nurture.plugins.schedules;

import dev.nurture.spi.LearningRateSchedule.Progress;

/** The pieces that schedules are put together from. */
final class Curve {
    private Curve() {}

    /** Returns half a cosine wave: {@code from} at 0, {@code to} at 1, level at both. */
    static double cosine(double from, double to, double share) {
        return to + (from - to) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * share));
    }

    /** Returns the number of steps in so many epochs, rounded. */
    static long steps(double epochs, Progress progress) {
        return Math.round(epochs * progress.stepsPerEpoch());
    }

    /** Returns a linear rise over the first {@code length} steps: never 0, and 1 from step {@code length} on. */
    static double ramp(long step, long length) {
        return step >= length ? 1 : (step + 1.0) / (length + 1.0);
    }

    /** Returns how much of the stretch from {@code start} to the training's end lies behind, in [0, 1]. */
    static double share(long start, Progress progress) {
        long length = progress.totalSteps() - start;
        return length <= 0 ? 0 : Math.min(1, (double) (progress.step() - start) / length);
    }
}
