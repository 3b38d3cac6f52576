package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer built for a shape, with its memory and the arrays of a batch, which are longer than the batch needs. Inputs are
 * normal; variables are what they start from, plus something drawn.
 */
final class LayerTrial {
    /** Rows of a batch. */
    static final int BATCH = 5;

    /** Rows behind the batch. */
    static final int SPARE = 2;

    final Layer layer;
    final Shape input;
    final Shape output;
    final TestVariables variables;
    final float[] x;
    final float[] y;
    final float[] dy;
    final float[] dx;
    int batch;

    /** Builds a new instance; the same values each time. */
    LayerTrial(Subject<Layer> subject, Shape input) {
        this(subject, input, BATCH, 3);
    }

    LayerTrial(Subject<Layer> subject, Shape input, int batch, int workers) {
        this(subject.fresh(), input, batch, SPARE, workers, subject.random("layer"));
    }

    LayerTrial(Layer layer, Shape input, int batch, int spare, int workers, KeyedRandom random) {
        this.layer = layer;
        this.input = input;
        this.batch = batch;
        int capacity = batch + spare;
        variables = new TestVariables(capacity, workers);
        output = layer.build(input, variables);
        x = Floats.normal(capacity * input.size(), 1, random);
        dy = Floats.normal(capacity * output.size(), 1, random);
        y = Floats.poisoned(capacity * output.size());
        dx = Floats.poisoned(capacity * input.size());
        variables.trained().forEach((name, variable) -> {
            Fan fan = variables.fans().get(name);
            float[] value = variable.value();
            float[] more = Floats.normal(value.length, fan == null ? 0.3 : 0.5 / Math.sqrt(fan.in()), random);
            for (int i = 0; i < value.length; i++) {
                value[i] += more[i];
            }
        });
    }

    int inputs() {
        return batch * input.size();
    }

    int outputs() {
        return batch * output.size();
    }

    /** Draws other inputs and gradients. */
    void draw(KeyedRandom random) {
        System.arraycopy(Floats.normal(x.length, 1, random), 0, x, 0, x.length);
        System.arraycopy(Floats.normal(dy.length, 1, random), 0, dy, 0, dy.length);
    }

    void fillOutputs(float value) {
        Arrays.fill(y, value);
        Arrays.fill(dx, value);
        variables.trained().values().forEach(variable -> Arrays.fill(variable.gradient(), value));
    }

    void forward(Pass pass) {
        layer.forward(x, y, batch, pass);
    }

    void backward(Pass pass) {
        layer.backward(x, y, dy, dx, batch, pass);
    }

    /** Runs forward and backward over poison, and returns copies of all that they computed, by name. */
    Map<String, float[]> train(Pass pass) {
        fillOutputs(Floats.POISON);
        forward(pass);
        backward(pass);
        return trained();
    }

    Map<String, float[]> train(long key) {
        return train(TestPass.training(key));
    }

    /** Returns copies of what a forward and a backward pass left. */
    private Map<String, float[]> trained() {
        Map<String, float[]> results = new LinkedHashMap<>();
        results.put("y", Arrays.copyOf(y, outputs()));
        results.put("dx", Arrays.copyOf(dx, inputs()));
        gradients().forEach((name, gradient) -> results.put(name, gradient.clone()));
        return results;
    }

    /** Returns the gradients of the variables, by name. */
    Map<String, float[]> gradients() {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        variables.trained().forEach((name, variable) -> gradients.put(gradientOf(name), variable.gradient()));
        return gradients;
    }

    static String gradientOf(String variable) {
        return "the gradient of '" + variable + "'";
    }

    /** Runs forward outside training, and returns a copy of the output. */
    float[] evaluate() {
        return evaluate(TestPass.evaluation());
    }

    float[] evaluate(Pass pass) {
        fillOutputs(Floats.POISON);
        forward(pass);
        return Arrays.copyOf(y, outputs());
    }

    /** Returns a copy of the buffers, by name. */
    Map<String, float[]> buffers() {
        return copies(variables.buffers());
    }

    static Map<String, float[]> copies(Map<String, float[]> arrays) {
        Map<String, float[]> copies = new LinkedHashMap<>();
        arrays.forEach((name, values) -> copies.put(name, values.clone()));
        return copies;
    }

    /** Gives the buffers earlier values again. */
    void restore(Map<String, float[]> buffers) {
        variables.buffers().forEach((name, values) -> System.arraycopy(buffers.get(name), 0, values, 0, values.length));
    }

    /**
     * Requires that two runs computed the same bits.
     *
     * @param sentence what a difference means; the name of the array is added
     */
    static void requireSame(Map<String, float[]> measured, Map<String, float[]> expected, String sentence) {
        expected.forEach((name, values) -> Floats.requireSame(measured.get(name), values, sentence + ": " + name));
    }
}
