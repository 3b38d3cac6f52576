package dev.nurture.plugins.layers;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/** The mean of each channel: (channels, height, width) becomes (channels). */
final class GlobalAveragePool implements Layer {
    private int channels;
    private int plane;
    private float[] shares;

    @Override
    public Shape build(Shape input, Variables variables) {
        Images.require("global average pooling", input);
        channels = input.channels();
        plane = input.plane();
        shares = variables.scratch(plane);
        Arrays.fill(shares, 1f / plane);
        return Shape.of(channels);
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        pass.compute().gemv(false, batch * channels, plane, 1, x, 0, plane, shares, 0, 0, y, 0);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx == null) {
            return;
        }
        for (int i = 0; i < batch * channels; i++) {
            Arrays.fill(dx, i * plane, (i + 1) * plane, dy[i] / plane);
        }
    }
}
