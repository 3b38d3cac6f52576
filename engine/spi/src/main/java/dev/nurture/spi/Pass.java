package dev.nurture.spi;

/** One sweep of a batch through the network: how it is meant, and what the engine lends for it. */
public interface Pass {
    /** Tells whether this is training: dropout drops, batch normalization uses the batch's own statistics. */
    boolean training();

    /** Returns the engine's workers and matrix products. */
    Compute compute();

    /**
     * Returns the key of a random stream that belongs to this step alone: the same for a forward pass and its backward
     * pass, and the same whenever the step is computed again.
     *
     * @param stream what {@link Variables#stream} returned when the part was built
     * @see KeyedRandom
     */
    long key(long stream);
}
