package dev.nurture.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin whose parts are nearly right: slopes that are off by a little, and one that ends the process. */
final class BentPlugin {
    private static final String SOURCE = """
            package org.example;

            import dev.nurture.spi.Activation;
            import dev.nurture.spi.Factory;
            import dev.nurture.spi.Loss;
            import dev.nurture.spi.Plugin;
            import dev.nurture.spi.Targets;
            import java.util.List;

            public final class BentPlugin implements Plugin {
                @Override
                public List<Factory<?>> factories() {
                    return List.of(
                            %s);
                }

                /** Its slope is too steep on the negative side. */
                static final class Bent implements Activation {
                    @Override
                    public void forward(float[] x, float[] y, int from, int to) {
                        for (int i = from; i < to; i++) {
                            y[i] = x[i] > 0 ? x[i] : 0.5f * x[i];
                        }
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                        for (int i = from; i < to; i++) {
                            dx[i] = x[i] > 0 ? dy[i] : 0.6f * dy[i];
                        }
                    }
                }

                /** Half the mean of the squared distance from one at the label and zero elsewhere; its gradient forgets the mean. */
                static final class Summed implements Loss {
                    @Override
                    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                        double sum = 0;
                        for (int i = 0; i < batch * width; i++) {
                            float distance = output[i] - (targets.labels()[i / width] == i %% width ? 1 : 0);
                            sum += 0.5 * distance * distance;
                            if (gradient != null) {
                                gradient[i] = distance;
                            }
                        }
                        return sum / batch;
                    }
                }

                static final class Quits implements Activation {
                    @Override
                    public void forward(float[] x, float[] y, int from, int to) {
                        System.exit(0);
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {}
                }
            }
            """;

    static final String BENT = "Factory.of(Activation.class, \"bent\", \"A rectifier.\", Bent::new)";
    static final String SUMMED = "Factory.of(Loss.class, \"summed\", \"A squared distance.\", Summed::new)";
    static final String QUITS = "Factory.of(Activation.class, \"quits\", \"It quits.\", Quits::new)";

    private BentPlugin() {}

    /** Builds {@code bent.jar}, version 1.0, with some of the parts. */
    static Path write(Path plugins, String... parts) throws IOException {
        String source = SOURCE.formatted(String.join(",\n                ", parts));
        return BuiltPlugin.jar("BentPlugin", source, "bent", "1.0", plugins, Files.createTempDirectory("bent"));
    }
}
