package dev.nurture.testkit;

import dev.nurture.spi.Preprocessor;

/** Tests of a preprocessor: {@code class ContrastTest extends PreprocessorContract}. */
public abstract class PreprocessorContract extends ShapedContract<Preprocessor> {
    protected PreprocessorContract() {
        super(Preprocessor.class);
    }
}
