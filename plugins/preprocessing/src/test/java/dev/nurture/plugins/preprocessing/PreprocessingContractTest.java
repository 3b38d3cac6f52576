package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

class PreprocessingContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new PreprocessingPlugin();
    }
}
