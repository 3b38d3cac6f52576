package dev.nurture.model;

import dev.nurture.spi.Compute;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;

/** The one pass object of a training thread, set to each step in turn. */
public final class NetworkPass implements Pass {
    private final Compute compute;
    private final long seed;
    private boolean training;
    private long stepKey;

    public NetworkPass(Compute compute, long seed) {
        this.compute = compute;
        this.seed = KeyedRandom.key(seed, "step");
    }

    /** Sets the pass to a training step, so that its random streams are that step's own. */
    public NetworkPass training(long epoch, long step) {
        training = true;
        stepKey = KeyedRandom.key(KeyedRandom.key(seed, epoch), step);
        return this;
    }

    /** Sets the pass to evaluation. */
    public NetworkPass evaluation() {
        training = false;
        stepKey = 0;
        return this;
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public Compute compute() {
        return compute;
    }

    @Override
    public long key(long stream) {
        return KeyedRandom.key(stepKey, stream);
    }
}
