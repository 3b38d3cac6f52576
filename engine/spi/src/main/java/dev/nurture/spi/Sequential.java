package dev.nurture.spi;

import java.util.ArrayList;
import java.util.List;

/** Layers one after the other, as one layer: how a layer with a normalization and an activation is put together. */
public final class Sequential implements Layer {
    private final List<Step> steps = new ArrayList<>();
    private Layer[] layers;
    private float[][] outputs;
    private float[][] gradients;

    private record Step(String name, Layer layer) {}

    /** Adds a layer, unless it is an identity. Its variables are named within {@code name}; empty: within the whole. */
    public Sequential then(String name, Layer layer) {
        if (layers != null) {
            throw new IllegalStateException("already built");
        }
        if (!layer.identity()) {
            steps.add(new Step(name, layer));
        }
        return this;
    }

    @Override
    public boolean identity() {
        return steps.isEmpty();
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        int count = steps.size();
        layers = new Layer[count];
        outputs = new float[count][];
        gradients = new float[count][];
        Shape shape = input;
        for (int i = 0; i < count; i++) {
            Step step = steps.get(i);
            layers[i] = step.layer;
            shape = step.layer.build(shape, step.name.isEmpty() ? variables : variables.child(step.name));
            if (i < count - 1) {
                outputs[i] = variables.perExample(shape.size());
                gradients[i] = variables.perExample(shape.size());
            }
        }
        return shape;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        int last = layers.length - 1;
        float[] input = x;
        for (int i = 0; i <= last; i++) {
            float[] output = i == last ? y : outputs[i];
            layers[i].forward(input, output, batch, pass);
            input = output;
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        int last = layers.length - 1;
        for (int i = last; i >= 0; i--) {
            float[] input = i == 0 ? x : outputs[i - 1];
            float[] output = i == last ? y : outputs[i];
            float[] outputGradient = i == last ? dy : gradients[i];
            float[] inputGradient = i == 0 ? dx : gradients[i - 1];
            layers[i].backward(input, output, outputGradient, inputGradient, batch, pass);
        }
    }
}
