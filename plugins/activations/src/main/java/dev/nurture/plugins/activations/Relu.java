package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/**
 * The rectifier {@code y = max(0, x)}; derivative 0 at the kink. V. Nair and G. Hinton, "Rectified linear units improve
 * restricted Boltzmann machines", ICML 2010.
 */
final class Relu implements Activation {
    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(0f, x[i]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            // Infinite where the unit lives, even on the smallest number, otherwise 0. Cutting dy to ±gate then leaves
            // a
            // living unit's gradient as it is and makes a dead one's +0, infinite dy included, where a product would
            // make NaN of it. NaN passes. .18 ns a value with AVX2; dy · min(1, y · 1e38) takes .09, a
            // choice by ?: .7.
            float gate = y[i] * 1e38f * 1e38f * 1e38f;
            dx[i] = Math.max(0f - gate, Math.min(gate, dy[i]));
        }
    }
}
