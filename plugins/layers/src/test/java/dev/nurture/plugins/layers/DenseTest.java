package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 3, 4", "7, 13, 1", "300, 170, 40", "170, 300, 40", "90, 80, 330"})
    void agreesWithItsDefinition(int inputs, int units, int batch) {
        Trial trial = Trial.training(Parts.layer("dense", "units", units), Shape.of(inputs), batch)
                .forward();
        float[] w = trial.weight("weight");
        float[] b = trial.weight("bias");
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < units; j++) {
                double sum = b[j];
                for (int k = 0; k < inputs; k++) {
                    sum += (double) trial.x[i * inputs + k] * w[k * units + j];
                }
                Trial.assertClose(trial.y[i * units + j], sum);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 3, 4", "7, 13, 1", "300, 170, 40", "90, 80, 330"})
    void gradients(int inputs, int units, int batch) {
        Trial.checkGradients(Parts.layer("dense", "units", units), Shape.of(inputs), batch, 1e-1f);
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 4", "300, 170, 40", "170, 300, 40", "90, 80, 330"})
    void sameBitsAtAnyNumberOfWorkers(int inputs, int units, int batch) {
        Trial.checkDeterminism(() -> Parts.layer("dense", "units", units), Shape.of(inputs), batch);
    }

    @Test
    void takesImagesAsTheirValues() {
        Trial flat = Trial.training(Parts.layer("dense", "units", 4), Shape.of(24), 3)
                .forward();
        Trial image = Trial.training(Parts.layer("dense", "units", 4), Shape.of(2, 3, 4), 3)
                .forward();
        assertThat(image.y).isEqualTo(flat.y);
        assertThat(image.output).isEqualTo(Shape.of(4));
    }

    @Test
    void hasNoBiasWhenNoneIsWanted() {
        Trial trial = Trial.training(Parts.layer("dense", "units", 4, "bias", false), Shape.of(3), 2);
        assertThat(trial.variables.trained()).containsOnlyKeys("weight");
        Trial.checkGradients(Parts.layer("dense", "units", 4, "bias", false), Shape.of(3), 2, 1e-1f);
    }

    @Test
    void aNormalizationTakesThePlaceOfTheBias() {
        Trial trial = Trial.training(
                Parts.layer("dense", "units", 4, "normalization", new Parts.Shift(false)), Shape.of(3), 2);
        assertThat(trial.variables.trained()).containsOnlyKeys("weight", "normalization.shift");
    }

    @Test
    void givesAnActivationOfSeveralInputsWhatItTakes() {
        Trial trial =
                Trial.training(Parts.layer("dense", "units", 4, "activation", new Parts.PairSum()), Shape.of(3), 2);
        assertThat(trial.output).isEqualTo(Shape.of(4));
        assertThat(trial.variables.trained().get("weight").shape()).isEqualTo(Shape.of(3, 8));
        assertThat(trial.variables.fans()).containsEntry("weight", new Fan(3, 4));
        Trial.checkGradients(
                Parts.layer("dense", "units", 4, "activation", new Parts.PairSum()), Shape.of(3), 2, 1e-1f);
    }

    @Test
    void appliesTheActivationLast() {
        Trial plain =
                Trial.training(Parts.layer("dense", "units", 4), Shape.of(3), 2).forward();
        Trial doubled = Trial.training(
                        Parts.layer("dense", "units", 4, "activation", ActivationLayer.of(new Parts.Linear(2))),
                        Shape.of(3),
                        2)
                .forward();
        for (int i = 0; i < 8; i++) {
            assertThat(doubled.y[i]).isEqualTo(2 * plain.y[i]);
        }
    }
}
