package org.example.nurture;

import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

/** Every part, under its defaults and under settings near them. */
class ExamplePluginTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new ExamplePlugin();
    }
}
