package dev.nurture.plugins.activations;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

class ActivationsContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new ActivationsPlugin();
    }
}
