package dev.nurture.contracts;

import dev.nurture.spi.Compute;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;

/** A pass with a key of its own choosing: two with the same key draw the same random numbers. */
public record TestPass(boolean training, long key, Compute compute) implements Pass {
    public static TestPass training(long key) {
        return new TestPass(true, key, new PlainCompute(3));
    }

    public static TestPass evaluation() {
        return new TestPass(false, 0, new PlainCompute(3));
    }

    @Override
    public long key(long stream) {
        return KeyedRandom.key(key, stream);
    }
}
