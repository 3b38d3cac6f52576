package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The built-in preprocessing and augmentation. */
public final class PreprocessingPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Centre.ZERO_MEAN,
                Centre.CHANNEL_MEAN,
                Normalize.FACTORY,
                Scale.FACTORY,
                PrincipalComponents.PCA,
                PrincipalComponents.WHITEN,
                Flip.FACTORY,
                Shift.FACTORY);
    }
}
