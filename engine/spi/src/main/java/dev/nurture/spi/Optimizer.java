package dev.nurture.spi;

import java.util.List;

/** An update rule. Stateless: what it remembers of a weight lies in named slots that the engine keeps and saves. */
public interface Optimizer {
    /** Returns the names of its slots, each an array as long as the weight, zero to begin with. */
    default List<String> slots() {
        return List.of();
    }

    /**
     * Moves {@code w[from … to)} by the gradient {@code g} and updates the slots over the same range; touches nothing
     * else, and leaves {@code g} as it is. Any range, any thread.
     *
     * <p>From empty slots the first step goes against the gradient, in proportion to the step's learning rate; a gradient of
     * zero moves nothing that does not decay. A gradient of NaN makes its weight NaN, so that it is seen.
     *
     * @param slots in the order of {@link #slots()}
     */
    void update(float[] w, float[] g, float[][] slots, int from, int to, Step step);

    /** Returns the learning rate before any schedule. */
    float learningRate();

    /** What an update needs to know of the step it belongs to. */
    interface Step {
        /** Returns the number of the step, from 1. */
        long number();

        /** Returns the learning rate, schedule applied. */
        float learningRate();

        /** Tells whether weight decay applies: to weights it does, to biases and scales not. */
        boolean decays();
    }
}
