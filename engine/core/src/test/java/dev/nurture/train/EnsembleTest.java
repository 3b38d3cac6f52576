package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final Dataset ROWS = rows(0, 1);

    private final Ensemble ensemble = new Ensemble();

    private static Dataset rows(int... labels) {
        return Dataset.classification(Shape.of(1), new float[labels.length], labels, 2, List.of());
    }

    @Test
    void theLossIsThatOfTheMeanProbabilities() {
        ensemble.add("a", ROWS, new float[] {0.9f, 0.1f, 0.6f, 0.4f}, "data");
        ensemble.add("b", ROWS, new float[] {0.5f, 0.5f, 0.2f, 0.8f}, "data");
        Evaluation evaluation = ensemble.evaluate();
        assertThat(evaluation.loss()).isCloseTo(-(Math.log(0.7) + Math.log(0.6)) / 2, within(1e-7));
        assertThat(evaluation.accuracy()).isEqualTo(1);
    }

    @Test
    void scoresHaveNoLogarithmicLoss() {
        ensemble.add("a", ROWS, new float[] {3, 1, 0.5f, 4}, "data");
        assertThat(ensemble.evaluate().loss()).isNaN();
        assertThat(ensemble.evaluate().accuracy()).isEqualTo(1);
    }

    @Test
    void regressionsAreJudgedByTheSquaredErrorOfTheMeanValues() {
        Dataset values = Dataset.regression(Shape.of(1), new float[2], new float[] {1, 2}, 1);
        ensemble.add("a", values, new float[] {0, 2}, "data");
        ensemble.add("b", values, new float[] {1, 4}, "data");
        assertThat(ensemble.evaluate().loss()).isEqualTo((0.25 + 1) / 2);
    }

    @Test
    void rowsThatDifferAreRefused() {
        ensemble.add("a", ROWS, new float[4], "data");
        assertThatThrownBy(() -> ensemble.add("b", rows(1, 0), new float[4], "data"))
                .hasMessageStartingWith("its rows are not those of a");
        assertThatThrownBy(() -> ensemble.add("b", ROWS, new float[4], "other"))
                .hasMessageStartingWith("its rows are not those of a");
    }
}
