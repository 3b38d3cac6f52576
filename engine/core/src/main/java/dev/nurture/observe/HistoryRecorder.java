package dev.nurture.observe;

import static dev.nurture.run.HistoryLog.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.model.Network;
import dev.nurture.model.Parameter;
import dev.nurture.run.HistoryLog;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import dev.nurture.spi.StepStatistics.LayerStatistics;
import dev.nurture.spi.StepStatistics.TensorStatistics;
import java.io.IOException;

/** Writes what a run looks like inside into its history: so many looks that a page can show them, however long it runs. */
public final class HistoryRecorder {
    private static final int MOST_SAMPLES = 2_000;

    /** Of a deeper network no more layers and tensors have histograms. */
    private static final int MOST_HISTOGRAMS = 40;

    private final HistoryLog log;
    private final Network network;
    private final long stride;

    /**
     * Prepares to write, and writes what the run is to be.
     *
     * @param interval steps from one look to the next
     * @param step after which the run begins or goes on
     * @param epochs there are to be
     * @param stepsPerEpoch of each
     */
    public HistoryRecorder(HistoryLog log, Network network, int interval, long step, int epochs, long stepsPerEpoch)
            throws IOException {
        this.log = log;
        this.network = network;
        long totalSteps = epochs * stepsPerEpoch;
        long looks = (totalSteps + interval - 1) / interval;
        stride = interval * Math.max(1, (looks + MOST_SAMPLES - 1) / MOST_SAMPLES);
        JsonObject plan = line("plan", step, (int) (step / stepsPerEpoch));
        plan.addProperty("epochs", epochs);
        plan.addProperty("steps", totalSteps);
        log.append(plan);
    }

    /** Writes what a step did, if it is one of those that are kept. */
    public void sampled(StepStatistics statistics) throws IOException {
        if ((statistics.step() - 1) % stride == 0) {
            sample(statistics);
        }
    }

    /**
     * Writes what a batch left in a network that is not trained, and how values are spread.
     *
     * @param rows of the batch
     */
    public void untrained(StepStatistics statistics, int rows) throws IOException {
        sample(statistics);
        log.append(histograms(statistics.step(), statistics.epoch(), rows));
    }

    private void sample(StepStatistics statistics) throws IOException {
        JsonObject line = line("sample", statistics.step(), statistics.epoch());
        line.add("loss", number(statistics.loss()));
        line.add("learning_rate", number(statistics.learningRate()));
        line.add("gradient_norm", number(statistics.gradientNorm()));
        JsonArray layers = new JsonArray();
        for (LayerStatistics layer : statistics.layers()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", layer.name());
            one.addProperty("path", layer.path());
            one.add("mean", number(layer.mean()));
            one.add("std", number(layer.std()));
            one.add("saturated", number(layer.saturated()));
            one.add("dead", number(layer.dead()));
            one.add("gradient", number(layer.gradient()));
            layers.add(one);
        }
        line.add("layers", layers);
        JsonArray tensors = new JsonArray();
        for (TensorStatistics tensor : statistics.tensors()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", tensor.name());
            one.addProperty("layer", tensor.layer());
            one.addProperty("weight", tensor.weight());
            one.add("norm", number(tensor.norm()));
            one.add("gradient_norm", number(tensor.gradientNorm()));
            one.add("update_ratio", number(tensor.updateRatio()));
            tensors.add(one);
        }
        line.add("tensors", tensors);
        log.append(line);
    }

    /**
     * Writes what an epoch came to; of the first, the second, the fourth and so on, and of the last, how values are spread.
     *
     * @param rows how many rows of the layers' memory hold outputs
     */
    public void evaluated(Monitor.EpochStatistics statistics, int rows, boolean last) throws IOException {
        JsonObject line = line("epoch", statistics.step(), statistics.epoch());
        line.add("learning_rate", number(statistics.learningRate()));
        line.add("train_loss", number(statistics.trainLoss()));
        line.add("train_accuracy", number(statistics.trainAccuracy()));
        line.add("validation_loss", number(statistics.validationLoss()));
        line.add("validation_accuracy", number(statistics.validationAccuracy()));
        log.append(line);
        if (last || Integer.bitCount(statistics.epoch()) == 1) {
            log.append(histograms(statistics.step(), statistics.epoch(), rows));
        }
    }

    private JsonObject histograms(long step, int epoch, int rows) {
        JsonObject line = line("histograms", step, epoch);
        JsonArray layers = new JsonArray();
        for (Network.Stage stage :
                network.stages().stream().limit(MOST_HISTOGRAMS).toList()) {
            layers.add(Histogram.of(stage.y(), rows * stage.output().size()).json(stage.name()));
        }
        line.add("layers", layers);
        JsonArray tensors = new JsonArray();
        network.variables().parameters().stream()
                .filter(Parameter::regularized)
                .limit(MOST_HISTOGRAMS)
                .forEach(weight -> tensors.add(
                        Histogram.of(weight.variable().value(), weight.size()).json(weight.name())));
        line.add("tensors", tensors);
        return line;
    }

    private static JsonObject line(String kind, long step, int epoch) {
        JsonObject line = new JsonObject();
        line.addProperty("kind", kind);
        line.addProperty("time", System.currentTimeMillis() / 1e3);
        line.addProperty("step", step);
        line.addProperty("epoch", epoch);
        return line;
    }
}
