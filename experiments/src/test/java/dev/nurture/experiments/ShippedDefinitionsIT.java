package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.Definition;
import dev.nurture.model.Parameter;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every definition beside this module's folders is read, and its network is built for the rows of its data set. */
class ShippedDefinitionsIT {
    private static final int ROWS = 20;

    /** What rows of a data set look like: the shape, the number of classes, and some mean and deviation. */
    private record Rows(Shape shape, int classes, double mean, double deviation) {
        Dataset random() {
            return RandomRows.classes(ROWS, shape, classes, mean, deviation);
        }
    }

    private static final Map<String, Rows> DATA = Map.of(
            "digits", new Rows(Shape.of(1, 8, 8), 10, 5, 6),
            "mnist", new Rows(Shape.of(1, 28, 28), 10, 33, 79),
            "fashion_mnist", new Rows(Shape.of(1, 28, 28), 10, 73, 90),
            "cifar10", new Rows(Shape.of(3, 32, 32), 10, 121, 64),
            "spiral", new Rows(Shape.of(2), 3, 0, 0.4));

    static List<String> names() throws IOException {
        return Nurture.names(Nurture.EXPERIMENTS).stream()
                .filter(name -> name.endsWith(".yaml"))
                .map(name -> name.substring(0, name.length() - 5))
                .toList();
    }

    @Test
    void thePromisedOnesAreThere() throws IOException {
        assertThat(names()).contains("cifar10_cnn", "digits", "fashion_mnist_cnn", "mnist_cnn", "mnist_mlp", "spiral");
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsNetworkIsBuiltAndBegins(String name) {
        Definition definition = EngineNetwork.definition(Nurture.EXPERIMENTS.resolve(name + ".yaml"));
        assertThat(definition.name()).isEqualTo(name);
        assertThat(definition.expect()).as("what a reader may expect of it").isNotEmpty();
        Rows rows = DATA.get(definition.data().source().name());
        assertThat(rows)
                .as("rows of data '%s'", definition.data().source().name())
                .isNotNull();
        try (EngineNetwork network = new EngineNetwork(definition, rows.random())) {
            assertThat(network.outputs()).isEqualTo(rows.classes());
            double chance = Math.log(rows.classes());
            assertThat(network.lossAndGradients()).isBetween(chance / 2, 3 * chance);
            for (Parameter parameter : network.parameters()) {
                assertThat(parameter.variable().gradient())
                        .as("gradient of %s", parameter.name())
                        .matches(ShippedDefinitionsIT::finite, "finite")
                        .isNotEqualTo(new float[parameter.size()]);
            }
        }
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
