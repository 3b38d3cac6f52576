package dev.nurture.spi;

/**
 * A step of the network. Built once, then used by one training thread; the work within a call may be spread over workers
 * by {@link Compute#run}. Allocates nothing after {@link #build}.
 */
public interface Layer {
    /**
     * Declares state and memory for inputs of a shape.
     *
     * @return the shape of its output
     * @throws IllegalArgumentException if it cannot take the shape, with a message for the user
     */
    Shape build(Shape input, Variables variables);

    /**
     * Computes all of {@code y} from {@code x} for the first {@code batch} examples. Leaves {@code x} as it is, and what
     * lies behind these examples.
     *
     * <p>Each example is treated by itself; a {@link Normalization}, or a layer with one within, may do otherwise in
     * training. Out of training nothing is drawn and no buffer changes. What a layer draws in training leaves {@code y}
     * on average what it is out of training. NaN in an example gives NaN, and in no other.
     */
    void forward(float[] x, float[] y, int batch, Pass pass);

    /**
     * Computes the gradient with respect to the input, and overwrites the gradients of its own variables, for the batch
     * that {@link #forward} saw last, in training.
     *
     * @param x what forward read
     * @param y what forward wrote
     * @param dy the gradient with respect to {@code y}; left as it is
     * @param dx the gradient with respect to {@code x}, to be overwritten; null when nobody needs it
     */
    void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass);

    /** Tells whether the output is the input, in training and out of it, so that the layer can be left out. */
    default boolean identity() {
        return false;
    }
}
