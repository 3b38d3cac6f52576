package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Finding.Severity;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import dev.nurture.spi.StepStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
    private static final int BATCHES = 7;

    @TempDir
    Path folder;

    private SmallParts parts;
    private final List<StepStatistics> seen = new ArrayList<>();
    private final List<Monitor.EpochStatistics> epochs = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private final List<Finding> told = new ArrayList<>();

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
    }

    private static Finding finding(String fault, Severity severity) {
        return new Finding(fault, severity, "elsewhere", "a", 2, "> 1", "it is so", "mend it", "a paper");
    }

    /** Adds a monitor that answers so, and keeps what it is shown. */
    private void monitor(String name, Function<StepStatistics, List<Finding>> answer) {
        parts.add(
                Monitor.class,
                name,
                () -> training -> new Monitor.Watch() {
                    @Override
                    public void stepped(long step, double loss) {
                        steps.add(step);
                    }

                    @Override
                    public List<Finding> sampled(StepStatistics statistics) {
                        seen.add(statistics);
                        return answer.apply(statistics);
                    }

                    @Override
                    public List<Finding> evaluated(Monitor.EpochStatistics statistics) {
                        epochs.add(statistics);
                        return List.of();
                    }
                });
    }

    private Trainer.Outcome train(Experiment experiment) {
        return experiment.trainer().train(new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, boolean best, boolean last) {
                // Monitors are looked at here, not epochs.
            }

            @Override
            public void found(Finding finding) {
                told.add(finding);
            }
        });
    }

    @Test
    void theStatisticsAreThoseOfTheStep() throws Exception {
        monitor("watcher", statistics -> List.of());
        try (Experiment experiment = parts.experiment("monitors.interval=3")) {
            Dataset batch = experiment
                    .splits()
                    .train()
                    .select(Arrays.copyOf(experiment.trainer().order(1), 4));
            double sum = 0;
            double squares = 0;
            double magnitudes = 0;
            double gradient = 0;
            for (float x : batch.x()) {
                double y = 0.5 * x;
                sum += y;
                squares += y * y;
                // The loss is the mean of (y - x)² over the batch's values.
                double dy = 2 * (y - x) / batch.x().length;
                magnitudes += Math.abs(dy);
                gradient += dy * x;
            }
            int count = batch.x().length;
            train(experiment);

            assertThat(steps).hasSize(2 * BATCHES).startsWith(1L, 2L, 3L);
            assertThat(seen).extracting(StepStatistics::step).containsExactly(1L, 4L, 7L, 10L, 13L);
            assertThat(epochs).extracting(Monitor.EpochStatistics::epoch).containsExactly(1, 2);
            StepStatistics first = seen.get(0);
            StepStatistics.LayerStatistics layer = first.layers().get(0);
            assertThat(layer.name()).isEqualTo("factor_1");
            assertThat(layer.path()).isEqualTo("model[0]");
            assertThat(layer.mean()).isCloseTo(sum / count, within(1e-6));
            assertThat(layer.std()).isCloseTo(Math.sqrt(squares / count - sum / count * sum / count), within(1e-6));
            assertThat(layer.gradient()).isCloseTo(magnitudes / count * batch.rows(), within(1e-6));
            assertThat(layer.saturated()).isNaN();
            assertThat(layer.dead()).isNaN();
            StepStatistics.TensorStatistics tensor = first.tensors().get(0);
            assertThat(tensor.name()).isEqualTo("factor_1.factor");
            assertThat(tensor.norm()).isEqualTo(0.5);
            assertThat(tensor.gradientNorm()).isCloseTo(Math.abs(gradient), within(1e-6));
            assertThat(first.gradientNorm()).isEqualTo(tensor.gradientNorm());
            assertThat(tensor.updateNorm()).isCloseTo(first.learningRate() * Math.abs(gradient), within(1e-6));
            assertThat(tensor.updateRatio()).isCloseTo(tensor.updateNorm() / 0.5, within(1e-12));
        }
    }

    @Test
    void trainingIsTheSameToTheBitWithAndWithoutMonitors() throws Exception {
        float alone;
        try (Experiment experiment = parts.experiment()) {
            train(experiment);
            alone = weight(experiment);
        }
        monitor("watcher", statistics -> List.of(finding("odd", Severity.WARN)));
        try (Experiment experiment = parts.experiment("monitors.interval=1")) {
            train(experiment);
            assertThat(weight(experiment)).isEqualTo(alone);
        }
        assertThat(seen).isNotEmpty();
    }

    private static float weight(Experiment experiment) {
        return experiment.network().variables().parameters().get(0).variable().value()[0];
    }

    @Test
    void aGraveFindingEndsTrainingBeforeTheNextStep() throws Exception {
        monitor(
                "watcher",
                statistics -> List.of(finding("odd", statistics.step() == 5 ? Severity.FAIL : Severity.INFO)));
        try (Experiment experiment = parts.experiment("monitors.interval=4")) {
            Trainer.Outcome outcome = train(experiment);
            // Of the same thing a monitor speaks once, so the graver word comes from another one.
            assertThat(outcome.end()).isEqualTo(Trainer.End.COMPLETED);
        }
        told.clear();
        monitor("watcher", statistics -> statistics.step() == 5 ? List.of(finding("odd", Severity.FAIL)) : List.of());
        try (Experiment experiment = parts.experiment("monitors.interval=4")) {
            Trainer.Outcome outcome = train(experiment);
            assertThat(outcome.end()).isEqualTo(Trainer.End.HALTED);
            assertThat(outcome.step()).isEqualTo(5);
            assertThat(experiment.trainer().state().cursor()).isEqualTo(5);
            assertThat(told).containsExactly(finding("odd", Severity.FAIL).in("train"));
        }
    }

    @Test
    void anEpochIsBroughtToItsEndWhenItsLastStepIsTheOneThatIsFoundGrave() throws Exception {
        monitor(
                "watcher",
                statistics -> statistics.step() == BATCHES ? List.of(finding("odd", Severity.FAIL)) : List.of());
        try (Experiment experiment = parts.experiment("monitors.interval=1")) {
            assertThat(train(experiment).end()).isEqualTo(Trainer.End.HALTED);
            assertThat(experiment.trainer().state().epochs()).isEqualTo(1);
            assertThat(experiment.trainer().state().cursor()).isZero();
        }
    }

    @Test
    void aMonitorThatIsToWarnEndsNothingAndOneThatIsOffSeesNothing() throws Exception {
        monitor("watcher", statistics -> List.of(finding("odd", Severity.FAIL)));
        try (Experiment experiment = parts.experiment("monitors.watcher.on_failure=warn", "monitors.interval=1")) {
            assertThat(train(experiment).end()).isEqualTo(Trainer.End.COMPLETED);
        }
        assertThat(told).containsExactly(finding("odd", Severity.WARN).in("train"));
        assertThat(seen).hasSize(2 * BATCHES);
        seen.clear();
        try (Experiment experiment = parts.experiment("monitors.watcher=false")) {
            assertThat(train(experiment).end()).isEqualTo(Trainer.End.COMPLETED);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void whatWasToldBeforeIsNotToldAgain() throws Exception {
        monitor("watcher", statistics -> List.of(finding("odd", Severity.WARN)));
        try (Experiment experiment = parts.experiment()) {
            experiment.monitoring().toldBefore(finding("odd", Severity.WARN));
            experiment.monitoring().retell(new Monitor.EpochStatistics(1, 7, 0.1, 1, 1, 1, 1));
            train(experiment);
        }
        assertThat(told).isEmpty();
        assertThat(epochs).extracting(Monitor.EpochStatistics::epoch).containsExactly(1, 1, 2);
    }

    @Test
    void aMonitorThatGivesNothingWhereAListBelongsIsNamed() throws Exception {
        monitor("watcher", statistics -> null);
        try (Experiment experiment = parts.experiment()) {
            assertThatThrownBy(() -> train(experiment))
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("gave null where a finding or a list of them belongs")
                    .hasMessageContaining("monitor 'watcher'");
        }
    }

    @Test
    void aUnitThatNoneOfFiveHundredRowsWakesIsDead() {
        UnitActivity rectifier = new UnitActivity(Shape.of(4), new Rehearsal.Limits(0, Float.POSITIVE_INFINITY));
        float[] rows = new float[100 * 4];
        rows[0] = 1;
        for (int batch = 0; batch < 4; batch++) {
            rectifier.look(rows, 100);
            assertThat(rectifier.dead()).isNaN();
        }
        rows[1] = 1e-3f;
        rectifier.look(rows, 100);
        assertThat(rectifier.dead()).isEqualTo(0.5);
        assertThat(rectifier.saturated()).isNaN();
        Arrays.fill(rows, 0);
        for (int batch = 0; batch < 5; batch++) {
            rectifier.look(rows, 100);
        }
        assertThat(rectifier.dead()).isEqualTo(1);

        // Three channels of 2×2: a channel lives where any of its places does.
        UnitActivity channels = new UnitActivity(Shape.of(3, 2, 2), new Rehearsal.Limits(0, Float.POSITIVE_INFINITY));
        float[] maps = new float[500 * 12];
        maps[7] = 1;
        channels.look(maps, 500);
        assertThat(channels.dead()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void anOutputNearEitherEndOfItsRangeIsSaturated() {
        UnitActivity tangent = new UnitActivity(Shape.of(5), new Rehearsal.Limits(-1, 1));
        tangent.look(new float[] {-0.999f, -0.97f, 0, 0.97f, 0.999f}, 1);
        assertThat(tangent.saturated()).isCloseTo(0.4, within(1e-12));
    }
}
