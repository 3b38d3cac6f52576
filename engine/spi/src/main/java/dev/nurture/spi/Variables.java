package dev.nurture.spi;

/**
 * Where a part declares its state and its memory, once, when it is built. All names are unique within the part,
 * snake_case. What is declared here is initialised, saved and restored by the engine; there is no save method to forget.
 */
public interface Variables {
    /** Declares a weight: trained, regularized, filled by the initializer from a random stream of its own. */
    Variable weight(String name, Shape shape, Fan fan, Initializer initializer);

    /** Declares a trained vector that is not regularized, such as a bias or a scale, at a constant to begin with. */
    Variable vector(String name, Shape shape, float initial);

    /** Declares state that is saved but not trained, such as a running mean, at a constant to begin with. */
    float[] buffer(String name, Shape shape, float initial);

    /** Returns scratch memory for a whole batch: {@code size} values an example. Not saved. */
    float[] perExample(int size);

    /** Returns scratch memory for each worker: {@code [worker][size]}. Not saved. */
    float[][] perWorker(int size);

    /** Returns scratch memory of a fixed size. Not saved. */
    float[] scratch(int size);

    /** Returns the greatest number of examples a batch can have. */
    int capacity();

    /** Returns the identity of this part's random stream, for {@link Pass#key}. */
    long stream();

    /** Returns the declarations of a part within this one; its names stand behind {@code name} and a dot. */
    Variables child(String name);
}
