package dev.nurture.plugins.schedules;

import dev.nurture.spi.LearningRateSchedule.Progress;

/** A point of a training. */
record At(long step, long totalSteps, long stepsPerEpoch, double... losses) implements Progress {
    @Override
    public int evaluations() {
        return losses.length;
    }

    @Override
    public double loss(int i) {
        return losses[i];
    }
}
