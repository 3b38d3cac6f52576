package dev.nurture.spi;

/**
 * An activation that is a layer, because it has weights of its own (PReLU) or several inputs a unit (maxout). A plugin
 * offers it under this type; it is named in a definition where any activation may stand.
 *
 * <p>A layer that takes an activation declares {@code Param.part("activation", ActivationLayer.class)}: the engine wraps
 * an elementwise {@link Activation} by {@link #of}.
 */
public interface ActivationLayer extends Layer {
    /**
     * Returns how many values it takes for each that it gives. A layer of {@code n} units that this activation follows
     * computes {@code n · inputsPerUnit()} channels; those of one unit lie side by side.
     */
    default int inputsPerUnit() {
        return 1;
    }

    /** Returns the layer that applies an elementwise activation, cut into tiles. */
    static ActivationLayer of(Activation activation) {
        return new ElementwiseLayer(activation);
    }
}
