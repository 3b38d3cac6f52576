package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.config.Definition;
import dev.nurture.contracts.PlainCompute;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.Origin;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Linear regression of one weight, whose every step can be written down. */
class TrainerStepsTest {
    private static final float[] X = {1, 2, 3, 4};
    private static final float[] TARGETS = {2, 1, 5, 3};
    private static final double START = 0.25;

    /** {@code y = w · x}. */
    private static final class Slope implements Layer {
        private Variable weight;

        @Override
        public Shape build(Shape input, Variables variables) {
            weight = variables.weight("weight", Shape.of(1), new Fan(1, 1), (w, from, to, shape, fan, random) -> {
                w[0] = (float) START;
            });
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch; i++) {
                y[i] = weight.value()[0] * x[i];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            float sum = 0;
            for (int i = 0; i < batch; i++) {
                sum += dy[i] * x[i];
            }
            weight.gradient()[0] = sum;
        }
    }

    /** Mean of {@code ½(y − t)²}. */
    private static final class HalfSquares implements Loss {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double sum = 0;
            for (int i = 0; i < batch; i++) {
                double difference = output[i] - targets.values()[i];
                sum += 0.5 * difference * difference;
                if (gradient != null) {
                    gradient[i] = (float) (difference / batch);
                }
            }
            return sum / batch;
        }
    }

    private record Descent(float learningRate) implements Optimizer {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                w[i] -= step.learningRate() * g[i];
            }
        }
    }

    private final List<EpochReport> reports = new ArrayList<>();
    private Network network;

    private Trainer trainer(float rate, double l2, LearningRateSchedule schedule, Trainer.Plan plan, boolean validate) {
        PlainCompute compute = new PlainCompute(1);
        NetworkPass pass = new NetworkPass(compute, plan.seed());
        network = Network.build(
                Shape.of(1),
                List.of(new Network.Blueprint("slope", "model[0]", new Slope())),
                new VariableStore(plan.seed(), 4, 1));
        Preprocessing nothing = Preprocessing.build(Shape.of(1), List.of(), new VariableStore(plan.seed(), 4, 1));
        Dataset data = Dataset.regression(Shape.of(1), X.clone(), TARGETS.clone(), 1);
        UpdateRule rule = new UpdateRule(new Descent(rate), "descent", Origin.of(this));
        WeightUpdate update = new WeightUpdate(
                network.variables().parameters(), rule, 0, l2, Double.POSITIVE_INFINITY, compute, network.activity());
        return new Trainer(
                network,
                nothing,
                new LossFunction(new HalfSquares(), "half_squares", Origin.of(this), network),
                update,
                new LearningRate(rule.learningRate(), schedule, Origin.of(this)),
                data,
                validate ? Optional.of(data) : Optional.empty(),
                pass,
                monitoring(compute),
                plan,
                Trainer.State.beginning());
    }

    private Monitoring monitoring(Compute compute) {
        return new Monitoring(
                new Definition.Monitors(1, List.of(), List.of(), Optional.empty(), null),
                null,
                new StepProbe(network, List.of(Rehearsal.Limits.NONE), compute),
                network.activity());
    }

    private double weight() {
        return network.variables().parameters().get(0).variable().value()[0];
    }

    private static double meanLoss(double w) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            sum += 0.5 * (w * X[i] - TARGETS[i]) * (w * X[i] - TARGETS[i]);
        }
        return sum / X.length;
    }

    private static double meanGradient(double w) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            sum += (w * X[i] - TARGETS[i]) * X[i];
        }
        return sum / X.length;
    }

    @Test
    void fullBatchStepsAreThoseOfTheFormula() {
        Trainer.Plan plan = new Trainer.Plan(1, 3, 4, "validation_loss", Integer.MAX_VALUE);
        Trainer.Outcome outcome = trainer(0.01f, 0.5, progress -> 1 / (1.0 + progress.step()), plan, true)
                .train((report, best, last) -> reports.add(report));

        double w = START;
        for (int step = 0; step < 3; step++) {
            double penalized = meanLoss(w) + 0.25 * w * w;
            if (step == 0) {
                assertThat(outcome.initialLoss()).isCloseTo(penalized, within(1e-6));
            }
            EpochReport report = reports.get(step);
            assertThat(report.trainLoss()).isCloseTo(penalized, within(1e-6));
            assertThat(report.learningRate()).isCloseTo(0.01f / (1 + step), within(1e-9f));
            w -= 0.01 / (1 + step) * (meanGradient(w) + 0.5 * w);
            assertThat(report.validation().orElseThrow().loss()).isCloseTo(meanLoss(w), within(1e-6));
            assertThat(report.step()).isEqualTo(step + 1);
        }
        assertThat(weight()).isCloseTo(w, within(1e-6));
        assertThat(outcome.end()).isEqualTo(Trainer.End.COMPLETED);
        assertThat(outcome.bestEpoch()).isEqualTo(3);
    }

    @Test
    void aSmallerLastBatchCountsByItsRows() {
        Trainer.Plan plan = new Trainer.Plan(1, 1, 3, "train_loss", Integer.MAX_VALUE);
        trainer(1e-9f, 0, progress -> 1, plan, false).train((report, best, last) -> reports.add(report));
        // Weights as good as do not move, so the epoch's mean is the mean over all rows however they are cut.
        assertThat(reports.get(0).trainLoss()).isCloseTo(meanLoss(START), within(1e-6));
        assertThat(reports.get(0).samples()).isEqualTo(4);
        assertThat(reports.get(0).step()).isEqualTo(2);
    }

    @Test
    void stopsWhereTheLossIsNotFinite() {
        Trainer.Plan plan = new Trainer.Plan(1, 500, 4, "train_loss", Integer.MAX_VALUE);
        Trainer.Outcome outcome =
                trainer(1e3f, 0, progress -> 1, plan, false).train((report, best, last) -> reports.add(report));
        assertThat(outcome.end()).isEqualTo(Trainer.End.NON_FINITE);
        assertThat(outcome.nonFinite().orElseThrow().value()).matches(loss -> !Double.isFinite(loss));
        assertThat(reports).allMatch(report -> Double.isFinite(report.trainLoss()));
    }

    @Test
    void stopsEarlyWhenTheWatchedMetricDoesNotImprove() {
        Trainer.Plan plan = new Trainer.Plan(1, 100, 4, "validation_loss", 2);
        // The rate is nothing after the third step, so that epoch 3 is the last to improve.
        Trainer.Outcome outcome = trainer(0.01f, 0, progress -> progress.step() < 3 ? 1 : 0, plan, true)
                .train((report, best, last) -> reports.add(report));
        assertThat(outcome.end()).isEqualTo(Trainer.End.EARLY_STOPPED);
        assertThat(outcome.bestEpoch()).isEqualTo(3);
        assertThat(reports).hasSize(5);
    }

    @Test
    void endsAfterTheStepInWhichSomebodyAskedIt() {
        Trainer.Plan plan = new Trainer.Plan(1, 100, 4, "train_loss", Integer.MAX_VALUE);
        Trainer trainer = trainer(0.01f, 0, progress -> 1, plan, false);
        Trainer.Outcome outcome = trainer.train((report, best, last) -> {
            if (report.epoch() == 7) {
                trainer.requestStop();
            }
        });
        assertThat(outcome.end()).isEqualTo(Trainer.End.STOPPED);
        assertThat(outcome.step()).isEqualTo(7);
    }

    @Test
    void knowsHowFarIntoAnEpochItWasStopped() {
        Trainer.Plan plan = new Trainer.Plan(1, 100, 1, "train_loss", Integer.MAX_VALUE);
        Trainer[] trainer = new Trainer[1];
        trainer[0] = trainer(
                1e-9f,
                0,
                progress -> {
                    if (progress.step() == 6) {
                        trainer[0].requestStop();
                    }
                    return 1;
                },
                plan,
                false);
        trainer[0].train((report, best, last) -> reports.add(report));
        Trainer.State state = trainer[0].state();
        assertThat(state.step()).isEqualTo(7);
        assertThat(state.epochs()).isEqualTo(1);
        assertThat(state.cursor()).isEqualTo(3);
        // Three of the four rows, each with the loss that the first weight gives it.
        double all = 4 * meanLoss(START);
        assertThat(IntStream.range(0, 4)
                        .mapToDouble(left -> all - 0.5 * Math.pow(START * X[left] - TARGETS[left], 2))
                        .anyMatch(sum -> Math.abs(sum - state.lossSum()) < 1e-5))
                .isTrue();
    }

    @Test
    void schedulesSeeHowEachEvaluationCameOut() {
        Trainer.Plan plan = new Trainer.Plan(1, 4, 2, "validation_loss", Integer.MAX_VALUE);
        List<String> seen = new ArrayList<>();
        trainer(
                        0.01f,
                        0,
                        progress -> {
                            seen.add(progress.step() + "/" + progress.totalSteps() + " " + progress.stepsPerEpoch()
                                    + " " + progress.evaluations());
                            if (progress.evaluations() > 0) {
                                EpochReport last = reports.get(progress.evaluations() - 1);
                                assertThat(progress.loss(progress.evaluations() - 1))
                                        .isEqualTo(
                                                last.validation().orElseThrow().loss());
                            }
                            return 1;
                        },
                        plan,
                        true)
                .train((report, best, last) -> reports.add(report));
        assertThat(seen)
                .containsExactly(
                        "0/8 2 0", "1/8 2 0", "2/8 2 1", "3/8 2 1", "4/8 2 2", "5/8 2 2", "6/8 2 3", "7/8 2 3");
    }
}
