package dev.nurture.spi;

import java.util.List;

/**
 * What a step did inside the network. Immutable.
 *
 * @param step from 1
 * @param loss of the batch before the step, penalties included
 * @param gradientNorm the Euclidean norm of the gradient of all tensors together, before clipping
 * @param layers in the order of the network
 * @param tensors in the order of the layers
 */
public record StepStatistics(
        long step,
        int epoch,
        double learningRate,
        double loss,
        double gradientNorm,
        List<LayerStatistics> layers,
        List<TensorStatistics> tensors) {
    public StepStatistics {
        layers = List.copyOf(layers);
        tensors = List.copyOf(tensors);
    }

    /**
     * Of what a layer gave for the batch. A unit is a channel where the output has three dimensions, a value otherwise.
     *
     * @param name such as {@code dense_1}
     * @param path where it stands in the definition, such as {@code model[0]}
     * @param mean of all outputs
     * @param std of all outputs
     * @param saturated share of the outputs within 1 % of either end of the activation's range; NaN where it has no two ends
     * @param dead share of the units that were at the lower limit of their activation for every row of the last 500 or
     *     more that were looked at; NaN before so many were, and where there is no such limit
     * @param gradient the mean magnitude of the loss's gradient with respect to the outputs, times the rows of the batch
     */
    public record LayerStatistics(
            String name, String path, double mean, double std, double saturated, double dead, double gradient) {}

    /**
     * Of a trained tensor.
     *
     * @param name such as {@code dense_1.weight}
     * @param layer the name of its layer
     * @param weight whether it is a weight, rather than a bias or a scale
     * @param norm Euclidean, before the step
     * @param gradientNorm Euclidean, before clipping, penalties included
     * @param gradient the mean magnitude of its gradient, likewise
     * @param updateNorm Euclidean norm of what the step changed
     */
    public record TensorStatistics(
            String name,
            String layer,
            boolean weight,
            double norm,
            double gradientNorm,
            double gradient,
            double updateNorm) {
        /** Returns the norm of the update against that of the tensor; infinite for one that was zero and was changed. */
        public double updateRatio() {
            return updateNorm == 0 ? 0 : updateNorm / norm;
        }
    }
}
