package dev.nurture.spi;

import java.util.List;

/**
 * A copy of an experiment to try things on: a network with the first weights, an optimizer with empty slots. Used by one
 * thread.
 */
public interface Rehearsal extends AutoCloseable {
    /**
     * A layer of the network, as {@link #forward} left it last.
     *
     * @param name such as {@code dense_1}
     * @param path where it stands in the definition, such as {@code model[0]}
     * @param output the shape of an example's output
     * @param values {@code output.size()} an example, example after example; valid until the next pass
     * @param gradients with respect to the values, as {@link #backward} left them; valid until the next pass
     * @param limits of the activation that the layer ends with
     */
    record LayerView(String name, String path, Shape output, float[] values, float[] gradients, Limits limits) {}

    /**
     * What an activation levels off to, where it has no slope any more.
     *
     * @param floor for large negative inputs, such as 0 of a rectifier; negative infinity where it does not level off
     * @param ceiling for large positive inputs, such as 1 of a sigmoid; infinity where it does not level off
     */
    record Limits(float floor, float ceiling) {
        /** Those of a layer without an activation, or with one that never levels off. */
        public static final Limits NONE = new Limits(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

        /** Tells whether it levels off to both sides, as a sigmoid does. */
        public boolean both() {
            return Float.isFinite(floor) && Float.isFinite(ceiling);
        }
    }

    /**
     * A trained tensor.
     *
     * @param name such as {@code dense_1.weight}
     * @param layer the name of its layer
     * @param regularized whether it is a weight, rather than a bias or a scale
     * @param shape of the whole, {@code (inputs, units)} of a dense layer, {@code (filters, …)} of a convolution
     * @param values may be changed
     * @param gradient as {@link #backward} left it
     */
    record Tensor(String name, String layer, boolean regularized, Shape shape, float[] values, float[] gradient) {}

    /** Returns the layers in order; those that do nothing are left out. */
    List<LayerView> layers();

    /** Returns the trained tensors in the order of the layers. */
    List<Tensor> tensors();

    /** Returns the greatest number of examples a pass can have. */
    int capacity();

    /**
     * Computes the outputs of some rows, in batches no larger than {@link #capacity}: of several batches the layers keep the
     * last.
     *
     * @param rows whose shape and width are those of the experiment
     * @param training whether dropout drops and batch normalization uses the batch's own statistics
     * @return the mean loss of the rows, without penalties on weights
     */
    double forward(Dataset rows, boolean training);

    /**
     * Computes the gradient of the mean loss for the rows of the last {@link #forward}, which was for one batch, in training.
     */
    void backward();

    /** Adds the gradient of the penalties on weights to the gradient, and returns the penalties. */
    double addPenalty();

    /** Lets the optimizer take a step against the gradient. */
    void update(double learningRate);

    /** Returns the outputs of the last pass, {@code width} a row. */
    float[] outputs();

    /** Returns the share of rows that are answered right, in evaluation; NaN for regression. */
    double accuracy(Dataset rows);

    /** Starts the random streams of a training step: the same number, the same streams. */
    void step(long number);

    @Override
    void close();
}
