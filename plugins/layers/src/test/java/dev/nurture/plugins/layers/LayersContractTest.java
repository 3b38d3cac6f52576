package dev.nurture.plugins.layers;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

class LayersContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new LayersPlugin();
    }
}
