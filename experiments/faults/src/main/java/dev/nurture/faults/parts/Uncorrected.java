package dev.nurture.faults.parts;

import dev.nurture.spi.Optimizer;
import java.util.List;

/** Adam whose averages are not corrected for beginning at zero. */
final class Uncorrected implements Optimizer {
    @Override
    public float learningRate() {
        return 1e-3f;
    }

    @Override
    public List<String> slots() {
        return List.of("m", "v");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        for (int i = from; i < to; i++) {
            slots[0][i] += 0.1f * (g[i] - slots[0][i]);
            slots[1][i] += 0.001f * (g[i] * g[i] - slots[1][i]);
            w[i] -= step.learningRate() * slots[0][i] / ((float) Math.sqrt(slots[1][i]) + 1e-8f);
        }
    }
}
