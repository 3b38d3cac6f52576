package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Plugin;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LayersPluginTest {
    @Test
    void isFoundAndOffersItsLayers() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(LayersPlugin.class);
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly(
                        "dense",
                        "conv2d",
                        "max_pool2d",
                        "average_pool2d",
                        "global_average_pool2d",
                        "flatten",
                        "dropout",
                        "activation",
                        "normalization",
                        "residual");
        assertThat(plugin.factories()).allSatisfy(factory -> {
            assertThat(factory.type()).isEqualTo(Layer.class);
            assertThat(factory.doc()).isNotBlank();
            assertThat(factory.params())
                    .allSatisfy(param -> assertThat(param.doc()).isNotBlank());
        });
    }

    @Test
    void aLoneActivationOrNormalizationIsThatPart() {
        ActivationLayer activation = new Parts.PairSum();
        assertThat(Parts.layer("activation", "activation", activation)).isSameAs(activation);
        Parts.Shift normalization = new Parts.Shift(false);
        assertThat(Parts.layer("normalization", "normalization", normalization)).isSameAs(normalization);
    }
}
