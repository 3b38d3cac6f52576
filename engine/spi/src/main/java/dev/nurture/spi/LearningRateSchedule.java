package dev.nurture.spi;

/** How the learning rate changes. A pure function of how far training has come: nothing to save, nothing to replay. */
public interface LearningRateSchedule {
    /** Returns the factor that the learning rate is multiplied by at a step: finite, at least 0. */
    double factor(Progress progress);

    /** How far training has come. Valid during the call. */
    interface Progress {
        /** Returns the number of steps finished, from 0. */
        long step();

        /** Returns the number of steps the training is to have. */
        long totalSteps();

        /** Returns the number of steps an epoch. */
        long stepsPerEpoch();

        /** Returns the number of evaluations so far, one an epoch. */
        int evaluations();

        /** Returns what evaluation {@code i} measured: the validation loss, or, without a validation split, the training loss. */
        double loss(int i);
    }
}
