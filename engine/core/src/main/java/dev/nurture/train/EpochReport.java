package dev.nurture.train;

import dev.nurture.spi.Monitor;
import java.util.Optional;

/**
 * What an epoch came to.
 *
 * @param epoch its number, from 1
 * @param step how many steps were done by its end
 * @param learningRate of its last step
 * @param trainLoss the mean over the epoch's batches as they came, penalties on weights included
 * @param trainAccuracy likewise; NaN for regression
 * @param validation after the epoch, without penalties; empty without a validation split
 * @param seconds it took since training began or was taken up again, evaluation and checkpoints not counted
 * @param samples it trained on in these seconds
 */
public record EpochReport(
        int epoch,
        long step,
        float learningRate,
        double trainLoss,
        double trainAccuracy,
        Optional<Evaluation> validation,
        double seconds,
        long samples) {

    /** Returns the loss that schedules watch: of the validation split, or without one of the training. */
    public double watchedLoss() {
        return validation.map(Evaluation::loss).orElse(trainLoss);
    }

    /** Returns the figures that monitors look at. */
    Monitor.EpochStatistics statistics() {
        return new Monitor.EpochStatistics(
                epoch,
                step,
                learningRate,
                trainLoss,
                trainAccuracy,
                metric("validation_loss"),
                metric("validation_accuracy"));
    }

    /** Returns samples trained on a second. */
    public double samplesPerSecond() {
        return seconds > 0 ? samples / seconds : Double.NaN;
    }

    /** Returns a metric of the contract by its name, NaN when the run has none such. */
    public double metric(String name) {
        return switch (name) {
            case "train_loss" -> trainLoss;
            case "train_accuracy" -> trainAccuracy;
            case "validation_loss" -> validation.map(Evaluation::loss).orElse(Double.NaN);
            case "validation_accuracy" -> validation.map(Evaluation::accuracy).orElse(Double.NaN);
            default -> throw new IllegalArgumentException("an epoch has no metric '" + name + "'");
        };
    }
}
