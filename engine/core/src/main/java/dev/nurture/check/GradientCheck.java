package dev.nurture.check;

import dev.nurture.config.PartSettings;
import dev.nurture.contracts.DirectionalDerivative;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.SanityCheck;
import dev.nurture.spi.Targets;
import dev.nurture.train.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the fault {@code wrong_gradient}: a layer whose backward pass is not that of its forward pass, or a loss
 * whose gradient is not its own, on the first training rows. Weights and buffers are afterwards exactly as before.
 */
final class GradientCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "gradient",
            "Compares what each layer and the loss give back with differences of what they compute (CS231n notes, neural"
                    + " networks 3).",
            GradientCheck::new);

    /** Few enough to be quick, enough for the statistics of a batch not to hang on single rows. */
    private static final int ROWS = 32;

    private static final int POINTS = 3;

    @Override
    public List<Finding> look(Bench bench) {
        return new Examination(((ExperimentBench) bench).experiment()).look();
    }

    /** One look, at one experiment. */
    private static final class Examination {
        private final Experiment experiment;
        private final Network network;

        Examination(Experiment experiment) {
            this.experiment = experiment;
            this.network = experiment.network();
        }

        List<Finding> look() {
            Map<VariableStore.Buffer, float[]> buffers = new LinkedHashMap<>();
            network.variables()
                    .buffers()
                    .forEach(buffer -> buffers.put(buffer, buffer.value().clone()));
            try {
                return findings();
            } finally {
                buffers.forEach((buffer, values) -> System.arraycopy(values, 0, buffer.value(), 0, values.length));
            }
        }

        private List<Finding> findings() {
            Dataset train = experiment.splits().train();
            int rows = Math.min(ROWS, Math.min(train.rows(), network.variables().capacity()));
            float[] x = Arrays.copyOf(train.x(), rows * train.shape().size());
            NetworkPass pass = experiment.pass().training(1, 0);
            network.forward(x, rows, pass);
            List<float[]> inputs = new ArrayList<>(List.of(x));
            network.stages().forEach(stage -> inputs.add(stage.y().clone()));

            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < network.stages().size(); i++) {
                Network.Stage stage = network.stages().get(i);
                wrong(stage, inputs.get(i), rows, pass)
                        .ifPresent(wrong -> findings.add(finding(wrong, written(stage))));
            }
            lossGradient(train, rows)
                    .ifPresent(wrong ->
                            findings.add(finding(wrong, experiment.definition().loss())));
            return findings;
        }

        /** Looks again elsewhere before it says so: where kinks lie too near, another point is better; a wrong gradient is not. */
        private Optional<StageGradients.Wrong> wrong(Network.Stage stage, float[] input, int rows, NetworkPass pass) {
            List<Parameter> parameters = network.variables().parameters(stage.name());
            long key = KeyedRandom.key(experiment.definition().seed(), stage.name());
            try {
                Optional<StageGradients.Wrong> wrong = Optional.empty();
                for (int point = 0; point == 0 || point < POINTS && wrong.isPresent(); point++) {
                    KeyedRandom random = new KeyedRandom(KeyedRandom.key(key, point));
                    wrong = new StageGradients(stage, parameters, input, rows, pass, random).worst();
                }
                return wrong;
            } catch (Throwable e) {
                throw PluginException.in("check of the gradient of layer " + stage.name(), e, stage.origin());
            }
        }

        private Optional<StageGradients.Wrong> lossGradient(Dataset train, int rows) {
            Targets targets = train.classification()
                    ? Targets.classes(Arrays.copyOf(train.labels(), rows))
                    : Targets.values(Arrays.copyOf(train.values(), rows * train.width()));
            double value = experiment.loss().evaluate(targets, rows, false);
            int count = rows * network.output().size();
            double error = StageGradients.error(
                    new DirectionalDerivative(
                            network.outputs(),
                            count,
                            Arrays.copyOf(network.outputGradients(), count),
                            () -> experiment.loss().evaluate(targets, rows),
                            4e-7 * Math.abs(value),
                            1),
                    new KeyedRandom(KeyedRandom.key(experiment.definition().seed(), "loss")));
            return error > StageGradients.THRESHOLD
                    ? Optional.of(new StageGradients.Wrong("output", error))
                    : Optional.empty();
        }

        private PartSettings written(Network.Stage stage) {
            return experiment.definition().model().stream()
                    .filter(part -> part.path().equals(stage.path()))
                    .findFirst()
                    .orElseThrow();
        }

        private Finding finding(StageGradients.Wrong wrong, PartSettings written) {
            Culprit culprit = Culprit.of(written);
            String where = culprit.part().kind().label() + " '" + culprit.part().name() + "' of plugin "
                    + culprit.part().origin() + " (" + culprit.part().origin().jar() + ")";
            return new Finding(
                    "wrong_gradient",
                    Finding.Severity.FAIL,
                    "check",
                    wrong.tensor(),
                    wrong.relativeError(),
                    "> " + StageGradients.THRESHOLD,
                    String.format(
                            Locale.ROOT,
                            "the gradient with respect to %s is off by %.2g of itself; at fault is %s%s",
                            wrong.tensor(),
                            wrong.relativeError(),
                            where,
                            culprit.evidence().map(evidence -> ": " + evidence).orElse("")),
                    "repair the plugin's backward pass (nurture plugins verify says more of its jar), or name another "
                            + culprit.part().kind().label() + " at " + culprit.path(),
                    "CS231n notes, neural networks 3, gradient checks");
        }
    }
}
