package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MonitorsPluginTest {
    @Test
    void isFoundAndOffersTheNamesThatDefinitionsUse() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(MonitorsPlugin.class);
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly(
                        "diverging",
                        "loss_stuck",
                        "oscillating",
                        "exploding_gradient",
                        "vanishing_gradient",
                        "dead_units",
                        "saturated_units",
                        "update_ratio",
                        "overfitting",
                        "underfitting",
                        "plateau");
    }
}
