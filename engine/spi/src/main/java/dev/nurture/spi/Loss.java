package dev.nurture.spi;

/** What training makes small. Stateless. */
public interface Loss {
    /**
     * Returns the mean loss over the first {@code batch} rows, and writes all of its gradient for them; changes nothing
     * else. An output of NaN gives a loss of NaN; outputs up to ±1e4 give a finite one.
     *
     * @param output {@code width} values a row
     * @param gradient with respect to {@code output}, of the mean; null when it is not wanted
     * @throws IllegalArgumentException if it cannot work with this form of target
     */
    double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width);

    /** Tells whether it can work with values as targets. */
    default boolean regression() {
        return false;
    }

    /**
     * Turns the outputs of the first {@code batch} rows, in place and each row by itself, into what a user is shown: class
     * probabilities, which add up to one, where the loss has them; otherwise the outputs. The greatest stays the greatest.
     */
    default void predict(float[] output, int batch, int width) {}

    /** Returns the loss in theory when the network knows nothing yet and its outputs are near zero; NaN when there is none. */
    default double initial(int width) {
        return Double.NaN;
    }
}
