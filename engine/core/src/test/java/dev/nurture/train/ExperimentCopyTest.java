package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.model.Parameter;
import dev.nurture.run.Checkpoint;
import dev.nurture.spi.Activation;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Fan;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCopyTest {
    private static final String MODEL = "model=[gains, gains]";
    private static final String OPTIMIZER = "optimizer=pushed";
    private static final String PENALTY = "regularization.l2=0.01";

    @TempDir
    Path folder;

    private SmallParts parts;

    /** {@code y = gain · x} with a normal gain a value, a buffer that counts the passes in training, and noise if wanted. */
    private static final class Gains implements Layer {
        private final boolean noisy;
        private Variable gain;
        private float[] passes;

        Gains(boolean noisy) {
            this.noisy = noisy;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            gain = variables.weight("gain", input, new Fan(1, 1), (w, from, to, shape, fan, random) -> {
                for (int i = from; i < to; i++) {
                    w[i] = (float) random.nextGaussian();
                }
            });
            passes = variables.buffer("passes", Shape.of(1), 0);
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            passes[0] += pass.training() ? 1 : 0;
            float noise = noisy && pass.training() ? KeyedRandom.uniform(pass.key(1), 0) : 0;
            int size = gain.value().length;
            for (int i = 0; i < batch * size; i++) {
                y[i] = gain.value()[i % size] * x[i] + noise;
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            int size = gain.value().length;
            Arrays.fill(gain.gradient(), 0);
            for (int i = 0; i < batch * size; i++) {
                gain.gradient()[i % size] += dy[i] * x[i];
                if (dx != null) {
                    dx[i] = gain.value()[i % size] * dy[i];
                }
            }
        }
    }

    /** Gradient descent with momentum. */
    private static final class Pushed extends SmallParts.Descent {
        @Override
        public List<String> slots() {
            return List.of("velocity");
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                slots[0][i] = 0.9f * slots[0][i] - step.learningRate() * g[i] / step.number();
                w[i] += slots[0][i];
            }
        }
    }

    @BeforeEach
    void make() {
        parts = new SmallParts(folder)
                .add(Layer.class, "gains", () -> new Gains(false))
                .add(Layer.class, "noisy", () -> new Gains(true))
                .add(Optimizer.class, "pushed", Pushed::new);
    }

    /** Returns every weight, buffer and slot, and how training stands, to the bit. */
    private static Map<String, String> state(Experiment experiment) {
        Checkpoint checkpoint = experiment.checkpoint(Map.of());
        Map<String, String> state = new TreeMap<>(checkpoint.metadata());
        checkpoint.tensors().forEach((name, tensor) -> state.put(name, Arrays.toString(tensor.values())));
        assertThat(state).containsKeys("gains_1.gain", "gains_2.passes", "optimizer.velocity.gains_2.gain");
        return state;
    }

    private static void train(Rehearsal rehearsal, Dataset rows, int steps) {
        for (int step = 1; step <= steps; step++) {
            rehearsal.step(step);
            rehearsal.forward(rows, true);
            rehearsal.backward();
            rehearsal.addPenalty();
            rehearsal.update(0.05);
        }
    }

    @Test
    void itBeginsWithTheWeightsOfTheExperiment() throws Exception {
        try (Experiment experiment = parts.experiment(MODEL, OPTIMIZER)) {
            for (int again = 0; again < 2; again++) {
                try (Rehearsal copy = new Rehearsals(experiment).take()) {
                    List<Parameter> parameters =
                            experiment.network().variables().parameters();
                    assertThat(copy.tensors()).hasSize(2).hasSameSizeAs(parameters);
                    for (int i = 0; i < parameters.size(); i++) {
                        Rehearsal.Tensor tensor = copy.tensors().get(i);
                        assertThat(tensor.name()).isEqualTo(parameters.get(i).name());
                        assertThat(tensor.regularized()).isTrue();
                        assertThat(tensor.values())
                                .isEqualTo(parameters.get(i).variable().value())
                                .isNotSameAs(parameters.get(i).variable().value())
                                .doesNotContain(0);
                    }
                    train(copy, experiment.splits().train(), 2);
                }
            }
        }
    }

    @Test
    void aStepOfItIsAStepOfTheExperiment() throws Exception {
        String[] oneStep = {MODEL, OPTIMIZER, PENALTY, "training.epochs=1", "training.batch_size=28"};
        try (Experiment experiment = parts.experiment(oneStep);
                Rehearsal copy = new Rehearsals(experiment).take()) {
            Dataset batch =
                    experiment.splits().train().select(experiment.trainer().order(1));
            double loss = copy.forward(batch, true);
            copy.backward();
            loss += copy.addPenalty();
            copy.update(experiment.plan().learningRate());
            double after = copy.forward(experiment.splits().validation().orElseThrow(), false);

            EpochReport[] reports = new EpochReport[1];
            Trainer.Outcome outcome = experiment.trainer().train((report, best, last) -> reports[0] = report);
            assertThat(outcome.step()).isEqualTo(1);
            assertThat(loss).isEqualTo(outcome.initialLoss());
            assertThat(after).isCloseTo(reports[0].validation().orElseThrow().loss(), within(1e-12));
            for (int i = 0; i < 2; i++) {
                assertThat(copy.tensors().get(i).values())
                        .isEqualTo(experiment
                                .network()
                                .variables()
                                .parameters()
                                .get(i)
                                .variable()
                                .value());
            }
        }
    }

    @Test
    void whateverIsDoneToItTheExperimentStaysAsItIs() throws Exception {
        Map<String, String> trainedAlone;
        try (Experiment alone = parts.experiment(MODEL, OPTIMIZER, PENALTY)) {
            alone.trainer().train((report, best, last) -> {});
            trainedAlone = state(alone);
        }
        try (Experiment experiment = parts.experiment(MODEL, OPTIMIZER, PENALTY)) {
            Map<String, String> before = state(experiment);
            String rows = Arrays.toString(experiment.splits().train().x());
            List<float[]> gradients = experiment.network().variables().parameters().stream()
                    .map(parameter -> parameter.variable().gradient())
                    .toList();
            gradients.forEach(gradient -> Arrays.fill(gradient, 231));
            try (Rehearsal copy = new Rehearsals(experiment).take();
                    Rehearsal other = new Rehearsals(experiment).take()) {
                train(copy, experiment.splits().train(), 20);
                copy.accuracy(experiment.splits().test().orElseThrow());
                train(other, experiment.splits().train(), 3);
                Arrays.fill(other.tensors().get(0).values(), Float.NaN);
                assertThat(copy.tensors().get(0).values()).doesNotContain(Float.NaN);
            }
            assertThat(state(experiment)).isEqualTo(before);
            assertThat(gradients).allSatisfy(gradient -> assertThat(gradient).containsOnly(231));
            assertThat(Arrays.toString(experiment.splits().train().x())).isEqualTo(rows);

            experiment.trainer().train((report, best, last) -> {});
            assertThat(state(experiment)).isEqualTo(trainedAlone).isNotEqualTo(before);
        }
    }

    @Test
    void aCopyThatIsGivenBackIsLentAgainAsItWasAtFirst() throws Exception {
        try (Experiment experiment = parts.experiment(MODEL, OPTIMIZER, PENALTY)) {
            Rehearsals rehearsals = new Rehearsals(experiment);
            Dataset train = experiment.splits().train();
            Rehearsal first = rehearsals.take();
            List<String> values = values(first);
            train(first, train, 5);
            double trained = first.forward(train, false);
            assertThat(values(first)).isNotEqualTo(values);
            first.close();

            Rehearsal second = rehearsals.take();
            assertThat(second).isSameAs(first);
            assertThat(values(second)).isEqualTo(values);
            // Slots and the number of the step are those of the beginning, too: the same training comes to the same.
            train(second, train, 5);
            assertThat(second.forward(train, false)).isEqualTo(trained);
            try (Rehearsal third = rehearsals.take()) {
                assertThat(third).isNotSameAs(second);
            }
        }
    }

    private static List<String> values(Rehearsal rehearsal) {
        return rehearsal.tensors().stream()
                .map(tensor -> Arrays.toString(tensor.values()))
                .toList();
    }

    /** An activation by its formula; its slope is not asked for here. */
    private record Formula(DoubleUnaryOperator formula) implements Activation {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) formula.applyAsDouble(x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aLayerKnowsWhatItsActivationLevelsOffTo() throws Exception {
        parts.add(Activation.class, "rectifier", () -> new Formula(x -> Math.max(0, x)));
        parts.add(Activation.class, "tangent", () -> new Formula(Math::tanh));
        parts.add(Activation.class, "exponential", () -> new Formula(x -> x > 0 ? x : Math.exp(x) - 1));
        parts.add(Activation.class, "leaky", () -> new Formula(x -> x > 0 ? x : 0.01 * x));
        try (Experiment experiment = parts.experiment("model=[factor, rectifier, tangent, exponential, leaky]");
                Rehearsal copy = new Rehearsals(experiment).take()) {
            assertThat(copy.layers())
                    .extracting(Rehearsal.LayerView::limits)
                    .containsExactly(
                            Rehearsal.Limits.NONE,
                            new Rehearsal.Limits(0, Float.POSITIVE_INFINITY),
                            new Rehearsal.Limits(-1, 1),
                            new Rehearsal.Limits(-1, Float.POSITIVE_INFINITY),
                            Rehearsal.Limits.NONE);
        }
    }

    @Test
    void theSameStepDrawsTheSameNumbers() throws Exception {
        try (Experiment experiment = parts.experiment("model=[noisy]");
                Rehearsal copy = new Rehearsals(experiment).take()) {
            Dataset train = experiment.splits().train();
            copy.step(5);
            double fifth = copy.forward(train, true);
            copy.step(6);
            assertThat(copy.forward(train, true)).isNotEqualTo(fifth);
            copy.step(5);
            assertThat(copy.forward(train, true)).isEqualTo(fifth);
        }
    }

    @Test
    void moreRowsThanItsCapacityAreTakenInBatches() throws Exception {
        try (Experiment experiment = parts.experiment(MODEL);
                Rehearsal copy = new Rehearsals(experiment).take()) {
            Dataset train = experiment.splits().train();
            int[] often = new int[3 * copy.capacity() + 5];
            Arrays.setAll(often, i -> i * i % train.rows());
            Dataset many = train.select(often);
            double sum = 0;
            for (int row : often) {
                sum += copy.forward(train.select(new int[] {row}), false);
            }
            assertThat(copy.forward(many, false)).isCloseTo(sum / often.length, within(1e-6));
        }
    }
}
