package dev.nurture.faults.parts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;

/** Drops a fifth of the values, in evaluation as in training. */
final class Restless extends Unit {
    private static final int STREAM = 77;

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        drop(x, y, batch, pass);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx != null) {
            drop(dy, dx, batch, pass);
        }
    }

    private void drop(float[] from, float[] to, int batch, Pass pass) {
        KeyedRandom random = new KeyedRandom(pass.key(STREAM));
        for (int i = 0; i < batch * size; i++) {
            to[i] = random.nextInt(5) == 0 ? 0 : 1.25f * from[i];
        }
    }
}
