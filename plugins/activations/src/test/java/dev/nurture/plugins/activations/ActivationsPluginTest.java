package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Activation;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ActivationsPluginTest {
    @Test
    void offersEveryBuiltInNameAsAService() {
        List<Factory<?>> factories = ServiceLoader.load(Plugin.class).stream()
                .filter(provider -> provider.type() == ActivationsPlugin.class)
                .findFirst()
                .orElseThrow()
                .get()
                .factories();
        assertThat(factories)
                .extracting(Factory::name)
                .containsExactly(
                        "sigmoid",
                        "tanh",
                        "relu",
                        "leaky_relu",
                        "prelu",
                        "elu",
                        "selu",
                        "gelu",
                        "silu",
                        "softplus",
                        "maxout",
                        "identity");
        assertThat(factories)
                .filteredOn(factory -> factory.type() != Activation.class)
                .extracting(Factory::name)
                .containsExactly("prelu", "maxout");
    }
}
