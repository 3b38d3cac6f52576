package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.config.DefinitionException;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    /** 40 rows, 8 of them for the test and 4 for validation, in batches of 4. */
    private static final int STEPS = 7;

    private static final String NO_VALIDATION = "data.validation=0";

    @TempDir
    Path folder;

    private SmallParts parts;
    private final List<EpochReport> reports = new ArrayList<>();

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
    }

    private Trainer.Outcome train(String... overrides) throws Exception {
        try (Experiment experiment = parts.experiment(overrides)) {
            return experiment.trainer().train((report, best, last) -> reports.add(report));
        }
    }

    @Test
    void findsTheFactor() throws Exception {
        Trainer.Outcome outcome = train("training.epochs=20");
        assertThat(outcome.end()).isEqualTo(Trainer.End.COMPLETED);
        assertThat(outcome.step()).isEqualTo(20 * STEPS);
        assertThat(outcome.nonFinite()).isEmpty();
        assertThat(reports).hasSize(20);
        assertThat(reports.get(19).validation().orElseThrow().loss()).isCloseTo(0, within(1e-6));
    }

    @Test
    void itsOrderIsThatOfTheRowsInItsBatches() throws Exception {
        parts.add(DataSource.class, "numbers", () -> context -> {
            float[] x = new float[2 * SmallParts.ROWS];
            for (int i = 0; i < x.length; i++) {
                x[i] = i / 80f;
            }
            return new DataSource.Splits(Dataset.regression(Shape.of(2), x, x.clone(), 2), Optional.empty());
        });
        List<Float> seen = new ArrayList<>();
        parts.add(Layer.class, "watching", () -> new SmallParts.Factor() {
            @Override
            public void forward(float[] x, float[] y, int batch, Pass pass) {
                super.forward(x, y, batch, pass);
                for (int row = 0; row < batch && pass.training(); row++) {
                    seen.add(x[2 * row]);
                }
            }
        });
        try (Experiment experiment =
                parts.experiment("data=numbers", "model=[watching]", "training.epochs=3", "training.batch_size=5")) {
            List<Float> expected = new ArrayList<>();
            for (int epoch = 1; epoch <= 3; epoch++) {
                for (int row : experiment.trainer().order(epoch)) {
                    expected.add(experiment.splits().train().x()[2 * row]);
                }
            }
            // To ask for it moves nothing.
            experiment.trainer().order(2);
            experiment.trainer().train((report, best, last) -> reports.add(report));
            assertThat(seen).hasSize(3 * 28).isEqualTo(expected);
            assertThat(seen.subList(0, 28)).isNotEqualTo(seen.subList(28, 56)).doesNotHaveDuplicates();
        }
    }

    @Test
    void weightsThatTheLastStepSpoiledAreNoSuccessWithoutAValidationSplit() throws Exception {
        parts.add(Optimizer.class, "spoiling", () -> new SmallParts.Descent() {
            @Override
            public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                w[from] = step.number() == 16 ? Float.NaN : w[from];
            }
        });
        Trainer.Outcome outcome = train("optimizer=spoiling", NO_VALIDATION);
        assertThat(outcome.end()).isEqualTo(Trainer.End.NON_FINITE);
        assertThat(outcome.nonFinite().orElseThrow().subject()).isEqualTo("factor_1.factor");
        assertThat(outcome.nonFinite().orElseThrow().message(outcome.step()))
                .isEqualTo("the network is not finite after step 16; the first value that is not is in"
                        + " factor_1.factor, as optimizer 'spoiling' (plugin small 1) left it");
        assertThat(reports).hasSize(1);
    }

    @Test
    void aGradientThatIsNotFiniteIsTracedToTheLayerThatGaveIt() throws Exception {
        parts.add(Layer.class, "spoiling", () -> new SmallParts.Factor() {
            @Override
            public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
                super.backward(x, y, dy, dx, batch, pass);
                dx[0] = passes == 3 ? Float.POSITIVE_INFINITY : dx[0];
            }
        });
        Trainer.Outcome outcome = train("model=[factor, spoiling]");
        assertThat(outcome.end()).isEqualTo(Trainer.End.NON_FINITE);
        assertThat(outcome.step()).isEqualTo(3);
        assertThat(outcome.nonFinite().orElseThrow().place())
                .isEqualTo("the gradient that comes back from layer spoiling_1 (plugin small 1)");
    }

    @Test
    void anOutputThatIsNotFiniteIsTracedToItsLayer() throws Exception {
        parts.add(Layer.class, "spoiling", () -> new SmallParts.Factor() {
            @Override
            public void forward(float[] x, float[] y, int batch, Pass pass) {
                super.forward(x, y, batch, pass);
                y[1] = passes == 3 ? Float.NaN : y[1];
            }
        });
        Trainer.Outcome outcome = train("model=[factor, spoiling, factor]");
        assertThat(outcome.nonFinite().orElseThrow().message(outcome.step()))
                .isEqualTo("the loss is not finite after step 2; the first value that is not is in the output of layer"
                        + " spoiling_1 (plugin small 1)");
    }

    @Test
    void stoppingOnAnAccuracyThatARegressionHasNotIsRefused() {
        assertThatThrownBy(() -> train("training.early_stopping.metric=validation_accuracy"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("training.early_stopping.metric: validation_accuracy is not measured: the targets"
                        + " of data 'line' are values, not classes");
    }

    @Test
    void expectingWhatIsNotMeasuredIsRefused() {
        assertThatThrownBy(() -> train("expect.train_accuracy=>= 0.5"))
                .hasMessageContaining("expect.train_accuracy: train_accuracy is not measured");
        assertThatThrownBy(() -> train("data.test=0", "expect.test_loss=<= 1"))
                .hasMessageContaining("expect.test_loss: test_loss is not measured: there is no test split");
    }
}
