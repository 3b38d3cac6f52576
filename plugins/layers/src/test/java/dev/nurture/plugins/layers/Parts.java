package dev.nurture.plugins.layers;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.HashMap;
import java.util.Map;

/** The smallest parts that layers can be put together from, and layers by name. */
final class Parts {
    static final Initializer NORMAL = (w, from, to, shape, fan, random) -> {
        for (int i = from; i < to; i++) {
            w[i] = (float) random.nextGaussian();
        }
    };

    private Parts() {}

    /** Makes a layer as the engine would; parts that are not given are identities. */
    static Layer layer(String name, Object... settings) {
        Factory<?> factory = new LayersPlugin()
                .factories().stream()
                        .filter(f -> f.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Map<String, Object> values = new HashMap<>();
        factory.params().forEach(param -> {
            switch (param.name()) {
                case "activation" -> values.put("activation", ActivationLayer.of(new Linear(1)));
                case "initializer" -> values.put("initializer", NORMAL);
                case "normalization" -> values.put("normalization", new Shift(true));
                default -> {}
            }
        });
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        return (Layer) MapSettings.create(factory, values);
    }

    static float[] random(int size, long seed) {
        KeyedRandom random = new KeyedRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** y = slope · x. */
    record Linear(float slope) implements Activation {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = slope * x[i];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = slope * dy[i];
            }
        }

        @Override
        public boolean identity() {
            return slope == 1;
        }
    }

    /** The sum of pairs of neighbouring channels: two inputs a unit, as maxout may have. */
    static final class PairSum implements ActivationLayer {
        private Shape input;

        @Override
        public int inputsPerUnit() {
            return 2;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            this.input = input;
            int[] extents = input.toArray();
            extents[0] /= 2;
            return Shape.of(extents);
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            int plane = input.plane();
            for (int i = 0; i < batch * input.size() / 2; i++) {
                int first = i / plane * 2 * plane + i % plane;
                y[i] = x[first] + x[first + plane];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            int plane = input.plane();
            for (int i = 0; i < batch * input.size() / 2; i++) {
                int first = i / plane * 2 * plane + i % plane;
                dx[first] = dy[i];
                dx[first + plane] = dy[i];
            }
        }
    }

    /** Stands for a normalization: adds one learned number a channel. */
    static final class Shift implements Normalization {
        private final boolean none;
        private Shape shape;
        private Variable shift;

        Shift(boolean none) {
            this.none = none;
        }

        @Override
        public boolean identity() {
            return none;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            shape = input;
            shift = variables.vector("shift", Shape.of(input.channels()), 0);
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch * shape.size(); i++) {
                y[i] = x[i] + shift.value()[i / shape.plane() % shape.channels()];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            java.util.Arrays.fill(shift.gradient(), 0);
            for (int i = 0; i < batch * shape.size(); i++) {
                dx[i] = dy[i];
                shift.gradient()[i / shape.plane() % shape.channels()] += dy[i];
            }
        }
    }
}
