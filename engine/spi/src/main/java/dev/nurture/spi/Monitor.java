package dev.nurture.spi;

import java.util.List;

/**
 * Watches training for faults of one kind. Stateless itself; what it must remember is in the {@link Watch} that it opens.
 *
 * <p>A healthy training gives no finding, however often a watch looks: a monitor asks for evidence that lasts, and judges
 * by ratios to the run's own history. It sees values alone, so that training is the same to the bit with and without it.
 */
public interface Monitor {
    /** Returns a new watch over a training that begins, or is taken up again. */
    Watch watch(Training training);

    /**
     * What the training is.
     *
     * @param stepsPerEpoch batches an epoch
     * @param batchSize rows a batch
     * @param interval steps from one {@link StepStatistics} to the next
     * @param classes of a classification; 0 for regression
     * @param chance the loss in theory of a network that knows nothing; NaN when there is none
     * @param plan what training is to be
     */
    record Training(long stepsPerEpoch, int batchSize, int interval, int classes, double chance, Bench.Plan plan) {}

    /** Watches one training. Called on its training thread; no call may take long. */
    interface Watch {
        /**
         * Takes the loss of a batch, penalties included, after each step; must be quick and allocate nothing.
         *
         * @param step from 1
         */
        default void stepped(long step, double loss) {}

        /** Takes the statistics of a step, one in so many, and returns what is wrong; empty when nothing is. */
        default List<Finding> sampled(StepStatistics statistics) {
            return List.of();
        }

        /**
         * Takes the figures of an epoch after its evaluation, and returns what is wrong; empty when nothing is. When
         * training is taken up again, it is told of the epochs before, and what it says of these counts no more.
         */
        default List<Finding> evaluated(EpochStatistics statistics) {
            return List.of();
        }
    }

    /**
     * What an epoch came to.
     *
     * @param epoch from 1
     * @param step how many steps were done by its end
     * @param trainLoss the mean over its batches as they came, penalties included
     * @param trainAccuracy likewise; NaN for regression
     * @param validationLoss without penalties; NaN without a validation split
     * @param validationAccuracy NaN without a validation split, and for regression
     */
    record EpochStatistics(
            int epoch,
            long step,
            double learningRate,
            double trainLoss,
            double trainAccuracy,
            double validationLoss,
            double validationAccuracy) {}
}
