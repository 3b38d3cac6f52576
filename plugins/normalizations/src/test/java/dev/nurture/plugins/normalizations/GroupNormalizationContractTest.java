package dev.nurture.plugins.normalizations;

import dev.nurture.spi.Normalization;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.NormalizationContract;

/** Of three groups, which only some numbers of channels can be divided into. */
class GroupNormalizationContractTest extends NormalizationContract {
    @Override
    protected Normalization create() {
        return GroupNormalization.group(3, 1e-3);
    }

    @Override
    protected Shape input() {
        return Shape.of(6, 4, 4);
    }
}
