package dev.nurture.plugins.activations;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.testkit.ActivationLayerContract;

/** Of three pieces, so that the shapes tried must be multiples of three. */
class MaxoutContractTest extends ActivationLayerContract {
    @Override
    protected ActivationLayer create() {
        return new Maxout(3);
    }
}
