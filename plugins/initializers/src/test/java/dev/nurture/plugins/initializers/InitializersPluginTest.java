package dev.nurture.plugins.initializers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Plugin;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class InitializersPluginTest {
    @Test
    void offersEveryBuiltInNameAsAService() {
        List<Factory<?>> factories = ServiceLoader.load(Plugin.class).stream()
                .filter(provider -> provider.type() == InitializersPlugin.class)
                .findFirst()
                .orElseThrow()
                .get()
                .factories();
        assertThat(factories).allMatch(factory -> factory.type() == Initializer.class);
        assertThat(factories)
                .extracting(Factory::name)
                .containsExactly(
                        "zero",
                        "constant",
                        "normal",
                        "uniform",
                        "xavier",
                        "xavier_uniform",
                        "he",
                        "he_uniform",
                        "lecun",
                        "orthogonal");
    }
}
