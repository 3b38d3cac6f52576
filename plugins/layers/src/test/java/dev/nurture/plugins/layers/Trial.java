package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.contracts.GradientCheck;
import dev.nurture.contracts.PlainCompute;
import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One batch through a layer that could take a larger one, in arrays longer than the batch needs. */
final class Trial {
    final TestVariables variables;
    final Shape output;
    final float[] x;
    final float[] y;
    final float[] dy;
    final float[] dx;

    private final Layer layer;
    private final int batch;
    private final Pass pass;

    Trial(Layer layer, Shape input, int batch, boolean training, int workers) {
        this.layer = layer;
        this.batch = batch;
        int capacity = batch + 2;
        variables = new TestVariables(capacity);
        output = layer.build(input, variables);
        variables.trained().forEach((name, variable) -> {
            float[] values = Parts.random(variable.value().length, name.hashCode());
            System.arraycopy(values, 0, variable.value(), 0, values.length);
        });
        x = Parts.random(capacity * input.size(), 1);
        y = new float[capacity * output.size()];
        dy = Parts.random(capacity * output.size(), 2);
        dx = new float[capacity * input.size()];
        Arrays.fill(y, Float.NaN);
        Arrays.fill(dx, Float.NaN);
        pass = new TestPass(training, 99, new PlainCompute(workers));
    }

    static Trial training(Layer layer, Shape input, int batch) {
        return new Trial(layer, input, batch, true, 3);
    }

    static Trial evaluation(Layer layer, Shape input, int batch) {
        return new Trial(layer, input, batch, false, 3);
    }

    /** Forward; asserts that nothing behind the batch was written. */
    Trial forward() {
        layer.forward(x, y, batch, pass);
        assertThat(Arrays.copyOfRange(y, batch * output.size(), y.length)).containsOnly(Float.NaN);
        return this;
    }

    Trial backward() {
        layer.backward(x, y, dy, dx, batch, pass);
        int used = dx.length / (batch + 2) * batch;
        assertThat(Arrays.copyOfRange(dx, used, dx.length)).containsOnly(Float.NaN);
        return this;
    }

    float[] weight(String name) {
        return variables.trained().get(name).value();
    }

    float[] gradient(String name) {
        return variables.trained().get(name).gradient();
    }

    /** Returns copies of all that forward and backward computed. */
    private Map<String, float[]> results() {
        Map<String, float[]> results = new LinkedHashMap<>();
        results.put("y", y.clone());
        results.put("dx", dx.clone());
        variables.trained().forEach((name, v) -> results.put(name, v.gradient().clone()));
        return results;
    }

    /** Asserts that gradients agree with differences to 1e-3. */
    static void checkGradients(Layer layer, Shape input, int batch, float step) {
        new GradientCheck(layer, input, batch, 5)
                .relativeErrors(step)
                .forEach((name, error) -> assertThat(error).as(name).isLessThan(1e-3));
    }

    /** Asserts the same bits with one worker, with three, and where nobody wants dx. */
    static void checkDeterminism(Supplier<Layer> layer, Shape input, int batch) {
        Map<String, float[]> one = new Trial(layer.get(), input, batch, true, 1)
                .forward()
                .backward()
                .results();
        Map<String, float[]> three = new Trial(layer.get(), input, batch, true, 3)
                .forward()
                .backward()
                .results();
        one.forEach((name, values) -> assertThat(three.get(name)).as(name).isEqualTo(values));

        Trial first = new Trial(layer.get(), input, batch, true, 3).forward();
        first.layer.backward(first.x, first.y, first.dy, null, batch, first.pass);
        first.variables
                .trained()
                .forEach((name, v) -> assertThat(v.gradient()).as(name).isEqualTo(one.get(name)));
    }

    /** Asserts that a value is what was computed in double precision, to 1e-5 of the greater of it and one. */
    static void assertClose(float actual, double expected) {
        assertThat((double) actual)
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
    }
}
