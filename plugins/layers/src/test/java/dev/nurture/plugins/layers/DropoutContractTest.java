package dev.nurture.plugins.layers;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.LayerContract;

class DropoutContractTest extends LayerContract {
    @Override
    protected Layer create() {
        return new Dropout(0.3);
    }

    @Override
    protected Shape input() {
        return Shape.of(9);
    }
}
