package dev.nurture.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin as its author would build it: against the SPI's jar of the distribution, and nothing else. */
final class SquaresJar {
    /** {@code y = x²}, for positive x: a rectifier that no plugin of the distribution has. */
    private static final String SOURCE = """
            package org.example;

            import dev.nurture.spi.Activation;
            import dev.nurture.spi.Factory;
            import dev.nurture.spi.Param;
            import dev.nurture.spi.Plugin;
            import java.util.List;

            public final class SquaresPlugin implements Plugin {
                private static final Param<Double> FACTOR =
                        Param.number("factor").in("(0, 10]").or(0.5).doc("multiplies the square");

                @Override
                public List<Factory<?>> factories() {
                    return List.of(new Factory<>(Activation.class, "squared_relu", "The rectifier, squared.",
                            List.of(FACTOR), settings -> new SquaredRelu(settings.get(FACTOR).floatValue())));
                }

                record SquaredRelu(float factor) implements Activation {
                    @Override
                    public void forward(float[] x, float[] y, int from, int to) {
                        for (int i = from; i < to; i++) {
                            float positive = Math.max(0, x[i]);
                            y[i] = factor * positive * positive;
                        }
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                        for (int i = from; i < to; i++) {
                            dx[i] = dy[i] * 2 * factor * Math.max(0, x[i]);
                        }
                    }
                }
            }
            """;

    private SquaresJar() {}

    /**
     * Builds the jar; returns the file.
     *
     * @param version of the plugin
     * @param spiVersion that the manifest names; null if it names none
     */
    static Path write(Path jar, String version, String spiVersion) throws IOException {
        Path work = Files.createTempDirectory("squares");
        return BuiltPlugin.jar("SquaresPlugin", SOURCE, "squares", version, spiVersion, jar, work);
    }
}
