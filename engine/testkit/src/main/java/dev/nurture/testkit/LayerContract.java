package dev.nurture.testkit;

import dev.nurture.spi.Layer;

/** Tests of a layer: {@code class GateTest extends LayerContract}. */
public abstract class LayerContract extends ShapedContract<Layer> {
    protected LayerContract() {
        super(Layer.class);
    }
}
