package dev.nurture.spi;

/** Something done to rows before the network sees them; fitted on the training split alone. */
public interface Preprocessor {
    /**
     * Declares what it learns as buffers, so that it is saved with the network, and its scratch memory.
     *
     * @return the shape of the rows it gives
     * @throws IllegalArgumentException if it cannot take the shape, with a message for the user
     */
    Shape build(Shape input, Variables variables);

    /**
     * Fills its buffers, whatever it was fitted on before. Not called when they come from a saved network.
     *
     * @param train the training rows as the preprocessors before left them; not to be changed
     * @throws IllegalArgumentException if it cannot work with these rows, with a message for the user
     */
    void fit(Dataset train);

    /**
     * Computes all of {@code y} from {@code x} for the first {@code batch} rows, and touches nothing behind them. {@code
     * x} and {@code y} are never the same. Each row is treated by itself. Augmentation draws from {@code pass.key(…)}, in
     * training alone; nothing else draws.
     */
    void apply(float[] x, float[] y, int batch, Pass pass);

    /** Tells whether it is augmentation: random, applied anew to each batch, and in training alone. */
    default boolean augmentation() {
        return false;
    }
}
