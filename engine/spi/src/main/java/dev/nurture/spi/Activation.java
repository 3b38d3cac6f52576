package dev.nurture.spi;

/**
 * A nonlinearity applied to each value by itself. Stateless: any range, any thread, at the same time.
 *
 * <p>One that has weights of its own or several inputs a unit is an {@link ActivationLayer}.
 */
public interface Activation {
    /**
     * Computes {@code y[i] = f(x[i])} for {@code from ≤ i < to} and touches nothing else. {@code y} may be {@code x}.
     * NaN in gives NaN out.
     */
    void forward(float[] x, float[] y, int from, int to);

    /**
     * Computes {@code dx[i] = dy[i] · f'(x[i])} for {@code from ≤ i < to} and touches nothing else. {@code dx} may be
     * {@code dy}. At a kink either one-sided derivative will do.
     *
     * @param y what {@link #forward} made of {@code x}
     */
    void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to);

    /** Tells whether {@code f(x) = x}, so that the step can be left out. */
    default boolean identity() {
        return false;
    }
}
