package dev.nurture.testkit;

import dev.nurture.spi.ActivationLayer;

/** Tests of an activation that is a layer: {@code class GatedUnitTest extends ActivationLayerContract}. */
public abstract class ActivationLayerContract extends ShapedContract<ActivationLayer> {
    protected ActivationLayerContract() {
        super(ActivationLayer.class);
    }
}
