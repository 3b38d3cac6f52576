package dev.nurture.plugins.data;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

/** Every data source against the contract, as far as its files are there. */
class DataContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new DataPlugin();
    }
}
