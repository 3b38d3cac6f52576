package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
    @TempDir
    Path folder;

    private SmallParts parts;

    /** Subtracts the mean of all values. */
    private static class Mean implements Preprocessor {
        float[] mean;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            variables.buffer("constant", Shape.of(1), 7);
            mean = variables.buffer("mean", Shape.of(1), 0);
            return input;
        }

        @Override
        public void fit(Dataset train) {
            double sum = 0;
            for (float value : train.x()) {
                sum += value;
            }
            mean[0] = (float) (sum / train.x().length);
        }

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch * size; i++) {
                y[i] = x[i] - mean[0];
            }
        }
    }

    /** Moves its mean with whatever it is given. */
    private static final class Moving extends Mean {
        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            super.apply(x, y, batch, pass);
            mean[0] = 0.5f * (mean[0] + x[0]) + 1;
        }
    }

    @BeforeEach
    void make() {
        parts = new SmallParts(folder)
                .add(Preprocessor.class, "mean", Mean::new)
                .add(Preprocessor.class, "moving", Moving::new);
    }

    @Test
    void whatChangesAfterItWasFittedIsNamed() throws Exception {
        try (Experiment experiment = parts.experiment("preprocess=[mean, moving, mean, moving]")) {
            assertThat(experiment.unsteadyPreprocessing())
                    .containsExactly("preprocess.moving_1.mean", "preprocess.moving_2.mean");
        }
    }

    @Test
    void whatStaysAsItWasFittedIsNot() throws Exception {
        try (Experiment experiment = parts.experiment("preprocess=[mean, mean]")) {
            assertThat(experiment.unsteadyPreprocessing()).isEmpty();
        }
        // Nothing comes after the training rows here, so nothing of other rows can have got in.
        try (Experiment experiment = parts.experiment("preprocess=[moving]", "data.validation=0", "data.test=0")) {
            assertThat(experiment.unsteadyPreprocessing()).isEmpty();
        }
    }
}
