package dev.nurture.plugins.normalizations;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

class NormalizationsContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new NormalizationsPlugin();
    }
}
