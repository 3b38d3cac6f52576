package dev.nurture.testkit;

import dev.nurture.spi.Normalization;

/** Tests of a normalization: {@code class PowerNormTest extends NormalizationContract}. */
public abstract class NormalizationContract extends ShapedContract<Normalization> {
    protected NormalizationContract() {
        super(Normalization.class);
    }
}
