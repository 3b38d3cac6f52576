package dev.nurture.spi;

import java.util.random.RandomGenerator;

/**
 * A random stream that is a pure function of its key.
 *
 * <p>SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): value
 * {@code n} is {@code mix(key + n · γ)}, so a stream needs no saved state, and {@link #uniform} gives any of its values
 * without the ones before. Normal values by G. Marsaglia's polar method on {@link StrictMath}, the same bits on every
 * JDK. An instance belongs to one thread; the static methods to any.
 */
public final class KeyedRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spare;
    private boolean hasSpare;

    /** Starts the stream of a key. */
    public KeyedRandom(long key) {
        state = key;
    }

    /** Starts over with another key; allocates nothing. */
    public void restart(long key) {
        state = key;
        hasSpare = false;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public double nextGaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /** Returns value {@code index} of a key's stream, uniform in [0, 1), a multiple of 2⁻²⁴. */
    public static float uniform(long key, long index) {
        return (mix(key + (index + 1) * GAMMA) >>> 40) * 0x1.0p-24f;
    }

    /** Returns a key that depends on a key and on one more thing. */
    public static long key(long key, long more) {
        return mix(mix(key + GAMMA) ^ more);
    }

    /** Returns a key that depends on a key and on a name. */
    public static long key(long key, String name) {
        long hash = key;
        for (int i = 0; i < name.length(); i++) {
            hash = key(hash, name.charAt(i));
        }
        return key(hash, name.length());
    }

    /** Returns the finalizer of SplitMix64, a bijection in which every bit of the input moves every bit of the output. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
