package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares a layer's backward pass with centred differences of its forward pass along random directions, one tensor at
 * a time. The layer's output is weighed with random numbers and summed in double precision.
 */
public final class GradientCheck {
    private static final int DIRECTIONS = 8;

    private final Layer layer;
    private final Shape input;
    private final int batch;
    private final Pass pass;
    private final float[] x;
    private final TestVariables variables;
    private final Shape output;

    /** Builds a layer on normal inputs of unit variance, plus weights that are normal with deviation one half. */
    public GradientCheck(Layer layer, Shape input, int batch, long seed) {
        this.layer = layer;
        this.input = input;
        this.batch = batch;
        this.pass = TestPass.training(seed);
        this.variables = new TestVariables(batch);
        this.output = layer.build(input, variables);
        KeyedRandom random = new KeyedRandom(seed);
        x = normal(batch * input.size(), 1, random);
        for (Variable variable : variables.trained().values()) {
            float[] value = normal(variable.value().length, 0.5f, random);
            System.arraycopy(value, 0, variable.value(), 0, value.length);
        }
    }

    /** Returns the input, for a test that wants to set it. */
    public float[] x() {
        return x;
    }

    public TestVariables variables() {
        return variables;
    }

    /**
     * Returns for {@code "x"} and for each trained variable the greatest relative error over several directions.
     *
     * @param step of the difference; about 1e-2 suits smooth layers in float, 1e-3 those with kinks
     */
    public Map<String, Double> relativeErrors(float step) {
        KeyedRandom random = new KeyedRandom(4711);
        float[] weights = normal(batch * output.size(), 1, random);
        float[] y = new float[batch * output.size()];
        layer.forward(x, y, batch, pass);
        float[] dx = new float[x.length];
        Arrays.fill(dx, Float.NaN);
        float[] weightsBefore = weights.clone();
        float[] xBefore = x.clone();
        layer.backward(x, y, weights, dx, batch, pass);
        if (!Arrays.equals(weights, weightsBefore) || !Arrays.equals(x, xBefore)) {
            throw new AssertionError("backward changed its input");
        }
        Map<String, float[][]> tensors = new LinkedHashMap<>();
        tensors.put("x", new float[][] {x, dx});
        variables
                .trained()
                .forEach((name, v) ->
                        tensors.put(name, new float[][] {v.value(), v.gradient().clone()}));

        Map<String, Double> errors = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            double worst = 0;
            for (int i = 0; i < DIRECTIONS; i++) {
                float[] direction = normal(tensor[0].length, 1, random);
                worst = Math.max(worst, relativeError(tensor[0], tensor[1], direction, weights, step));
            }
            errors.put(name, worst);
        });
        return errors;
    }

    private double relativeError(float[] values, float[] gradient, float[] direction, float[] weights, float step) {
        double norm = 0;
        double gradientNorm = 0;
        for (int i = 0; i < direction.length; i++) {
            norm += (double) direction[i] * direction[i];
            gradientNorm += (double) gradient[i] * gradient[i];
        }
        float[] saved = values.clone();
        double scale = step / Math.sqrt(norm) * Math.sqrt(Math.min(direction.length, 64));
        double analytic = 0;
        float[] plus = new float[values.length];
        float[] minus = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            plus[i] = (float) (saved[i] + scale * direction[i]);
            minus[i] = (float) (saved[i] - scale * direction[i]);
            // The step as it came out in float, not as it was meant.
            analytic += gradient[i] * ((double) plus[i] - minus[i]);
        }
        System.arraycopy(plus, 0, values, 0, values.length);
        double above = objective(weights);
        System.arraycopy(minus, 0, values, 0, values.length);
        double below = objective(weights);
        System.arraycopy(saved, 0, values, 0, values.length);
        double numeric = above - below;
        // Against the typical size of a directional derivative, so that a direction at right angles does not alarm.
        double typical = Math.sqrt(gradientNorm) * 2 * scale;
        return Math.abs(numeric - analytic) / Math.max(1e-12, Math.max(Math.abs(analytic), typical));
    }

    private double objective(float[] weights) {
        float[] y = new float[batch * output.size()];
        layer.forward(x, y, batch, pass);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (double) y[i] * weights[i];
        }
        return sum;
    }

    private static float[] normal(int size, float deviation, KeyedRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() * deviation;
        }
        return values;
    }
}
