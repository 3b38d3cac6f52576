package dev.nurture.plugins.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.PlainCompute;
import dev.nurture.contracts.TestPass;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    private static final Shape IMAGE = Shape.of(2, 3, 4);

    @Test
    void isFoundAndOffersTheContractsNames() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(PreprocessingPlugin.class);
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly("zero_mean", "channel_mean", "normalize", "scale", "pca", "whiten", "flip", "shift");
        assertThat(plugin.factories()).allSatisfy(factory -> {
            assertThat(factory.type()).isEqualTo(Preprocessor.class);
            assertThat(factory.doc()).isNotBlank();
            assertThat(factory.params())
                    .allSatisfy(param -> assertThat(param.doc()).isNotBlank());
        });
    }

    @Test
    void zeroMeanSubtractsTheMeanImage() {
        Dataset train = Fitted.correlated(IMAGE, 250, 1);
        Fitted zeroMean = new Fitted("zero_mean", IMAGE, Map.of()).on(train);
        float[] y = zeroMean.apply(train.x(), 250);
        assertThat(zeroMean.output()).isEqualTo(IMAGE);
        assertThat(zeroMean.buffer("mean")).hasSize(24);
        for (int j = 0; j < 24; j++) {
            double mean = Fitted.mean(train.x(), 24, j);
            assertThat(zeroMean.buffer("mean")[j]).isEqualTo((float) mean);
            assertThat(Fitted.mean(y, 24, j)).isCloseTo(0, within(1e-5));
            assertThat((double) y[24 * 7 + j]).isCloseTo(train.x()[24 * 7 + j] - mean, within(1e-5));
        }
    }

    @Test
    void channelMeanSubtractsOneMeanAChannel() {
        // Two channels of two values: means (1 + 2 + 3 + 4) / 4 and (10 + 20 + 30 + 40) / 4.
        Shape shape = Shape.of(2, 1, 2);
        Dataset train = Fitted.data(shape, 1, 2, 10, 20, 3, 4, 30, 40);
        Fitted channelMean = new Fitted("channel_mean", shape, Map.of()).on(train);
        assertThat(channelMean.buffer("mean")).containsExactly(2.5f, 25);
        assertThat(channelMean.apply(train.x(), 2)).containsExactly(-1.5f, -0.5f, -15, -5, 0.5f, 1.5f, 5, 15);
    }

    @Test
    void normalizeGivesUnitDeviationAndKeepsTheMeansPlace() {
        Dataset train = Fitted.correlated(IMAGE, 250, 2);
        Fitted normalize = new Fitted("normalize", IMAGE, Map.of()).on(train);
        float[] y = normalize.apply(train.x(), 250);
        for (int j = 0; j < 24; j++) {
            double std = Math.sqrt(Fitted.covariance(train.x(), 24, j, j));
            assertThat((double) normalize.buffer("std")[j]).isCloseTo(std, within(1e-6));
            assertThat(Fitted.covariance(y, 24, j, j)).isCloseTo(1, within(1e-5));
            assertThat(Fitted.mean(y, 24, j)).isCloseTo(Fitted.mean(train.x(), 24, j) / std, within(1e-4));
        }
    }

    @Test
    void normalizePerChannelAndOverAll() {
        Shape shape = Shape.of(2, 1, 2);
        Dataset train = Fitted.data(shape, 1, 2, 10, 20, 3, 4, 30, 40);
        // About 2.5: (2.25 + .25 + .25 + 2.25) / 4; about 25 a hundred times that.
        Fitted channels = new Fitted("normalize", shape, Map.of("per", "channel")).on(train);
        assertThat(channels.buffer("std")).containsExactly((float) Math.sqrt(1.25), (float) Math.sqrt(125));
        Fitted all = new Fitted("normalize", shape, Map.of("per", "all")).on(train);
        // Mean 13.75, mean square 378.75.
        assertThat(all.buffer("std")).containsExactly((float) Math.sqrt(378.75 - 13.75 * 13.75));
        assertThat(all.apply(train.x(), 1)[3]).isEqualTo(20 / (float) Math.sqrt(378.75 - 13.75 * 13.75));
    }

    @Test
    void normalizeLeavesConstantsAsTheyAre() {
        Shape shape = Shape.of(3);
        float[] x = new float[3 * 1000];
        for (int i = 0; i < 1000; i++) {
            x[3 * i] = 0.1f;
            x[3 * i + 2] = i;
        }
        Fitted normalize = new Fitted("normalize", shape, Map.of()).on(Fitted.data(shape, x));
        assertThat(normalize.buffer("std")[0]).isEqualTo(1);
        assertThat(normalize.buffer("std")[1]).isEqualTo(1);
        assertThat(normalize.apply(new float[] {5, 7, 0}, 1)).startsWith(5, 7);
    }

    @Test
    void scaleIsLinear() {
        Fitted bytes = new Fitted("scale", Shape.of(3), Map.of());
        assertThat(bytes.apply(new float[] {0, 51, 255}, 1)).containsExactly(0, 51 * (float) (1.0 / 255), 1);
        Fitted signed = new Fitted("scale", Shape.of(3), Map.of("factor", 0.5, "offset", -1.0));
        assertThat(signed.apply(new float[] {0, 2, 4}, 1)).containsExactly(-1, 0, 1);
    }

    @Test
    void otherRowsAreTreatedByTheTrainingRowsStatistics() {
        Dataset train = Fitted.correlated(IMAGE, 100, 3);
        Fitted zeroMean = new Fitted("zero_mean", IMAGE, Map.of()).on(train);
        float[] other = new float[24 * 5];
        Arrays.fill(other, 1000);
        float[] mean = zeroMean.buffer("mean").clone();
        float[] y = zeroMean.apply(other, 5);
        assertThat(zeroMean.buffer("mean")).isEqualTo(mean);
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isEqualTo(1000 - mean[i % 24]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_mean", "channel_mean", "normalize", "pca", "whiten"})
    void whatIsLearnedLiesInTheBuffersAlone(String name) {
        Dataset train = Fitted.correlated(IMAGE, 60, 4);
        Fitted fitted = new Fitted(name, IMAGE, Map.of()).on(train);
        Fitted restored = new Fitted(name, IMAGE, Map.of());
        for (String buffer : new String[] {"mean", "std", "projection", "variance"}) {
            if (fitted.buffer(buffer) != null) {
                System.arraycopy(fitted.buffer(buffer), 0, restored.buffer(buffer), 0, fitted.buffer(buffer).length);
            }
        }
        assertThat(restored.apply(train.x(), 60)).isEqualTo(fitted.apply(train.x(), 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_mean", "channel_mean", "normalize", "scale", "pca", "whiten", "flip", "shift"})
    void rowsAreIndependentOfTheirBatchAndOfTheWorkers(String name) {
        Shape shape = Shape.of(3, 12, 16);
        Dataset train = Fitted.correlated(shape, 70, 5);
        Fitted fitted = new Fitted(name, shape, Map.of()).on(train);
        float[] together = fitted.apply(train.x(), 70, new TestPass(true, 9, new PlainCompute(3)));
        assertThat(fitted.apply(train.x(), 70, new TestPass(true, 9, new PlainCompute(1))))
                .isEqualTo(together);
        float[] fewer = fitted.apply(train.x(), 33, new TestPass(true, 9, new PlainCompute(2)));
        assertThat(fewer).isEqualTo(Arrays.copyOf(together, fewer.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_mean", "channel_mean", "normalize", "pca", "whiten"})
    void namesTheValueThatIsNotFinite(String name) {
        Shape shape = Shape.of(2);
        Dataset train = Fitted.data(shape, 1, 2, 3, 4, 5, Float.NaN, 7, Float.POSITIVE_INFINITY);
        Fitted fitted = new Fitted(name, shape, Map.of());
        assertThatThrownBy(() -> fitted.on(train))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training row 2 holds NaN as its value 1 (both counted from 0);"
                        + " preprocessing can only be fitted on finite values");
        assertThatThrownBy(() -> fitted.on(Fitted.data(shape)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no training rows to fit on");
    }
}
