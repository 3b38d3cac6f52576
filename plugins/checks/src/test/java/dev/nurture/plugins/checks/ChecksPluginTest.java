package dev.nurture.plugins.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ChecksPluginTest {
    @Test
    void isFoundAndOffersTheNamesThatDefinitionsUse() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(ChecksPlugin.class);
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly(
                        "input",
                        "labels",
                        "splits",
                        "batch_order",
                        "preprocessing",
                        "initial_loss",
                        "loss",
                        "first_weights",
                        "activations",
                        "gradient_flow",
                        "nonlinearity",
                        "evaluation",
                        "normalization",
                        "regularization",
                        "optimizer",
                        "input_use",
                        "overfit_subset",
                        "learning_rate_range",
                        "generalization");
    }
}
