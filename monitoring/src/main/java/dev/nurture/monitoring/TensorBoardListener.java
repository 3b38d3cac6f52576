package dev.nurture.monitoring;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Param;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.Settings;
import dev.nurture.spi.StepStatistics;
import dev.nurture.spi.StepStatistics.LayerStatistics;
import dev.nurture.spi.StepStatistics.TensorStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a run measures into event files for TensorBoard. */
final class TensorBoardListener implements RunListener {
    private static final Param<Path> FOLDER = Param.path("folder")
            .optional()
            .doc("a folder in which each run gets one of its own; by default it is tensorboard in the run directory");

    static final Factory<RunListener> FACTORY = new Factory<>(
            RunListener.class,
            "tensorboard",
            "Writes event files for TensorBoard.",
            List.of(FOLDER),
            TensorBoardListener::new);

    private final Path folder;

    TensorBoardListener(Settings settings) {
        folder = settings.get(FOLDER);
    }

    @Override
    public Session open(Run run) throws IOException {
        // TensorBoard takes a folder for a run: those of two must not meet in one.
        Path own = folder == null
                ? run.folder().resolve("tensorboard")
                : folder.resolve((run.experiment() + "-" + run.id()).replaceAll("[^A-Za-z0-9._-]", "_"));
        try {
            return new Writing(EventFile.create(own), run.step());
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    "event files for TensorBoard cannot be written into " + own + " (" + e.getMessage()
                            + "); the run goes on without them",
                    e);
        }
    }

    /** What is open while a run lasts. */
    static final class Writing implements Session {
        private final EventFile file;
        private long step;
        private double loss;
        private double learningRate;
        /** The last step whose loss is in the file. */
        private long told;

        /**
         * Begins to write.
         *
         * @param before how many steps were done before
         */
        Writing(EventFile file, long before) {
            this.file = file;
            step = before;
            told = before;
            if (before > 0) {
                file.restart(before + 1);
            }
        }

        @Override
        public void stepped(long number, double batchLoss, double penalty, double rate, double seconds) {
            step = number;
            loss = batchLoss;
            learningRate = rate;
        }

        @Override
        public void sampled(StepStatistics statistics) {
            EventFile.Scalars scalars = new EventFile.Scalars()
                    .add("loss/batch", statistics.loss())
                    .add("learning_rate", statistics.learningRate())
                    .add("gradient_norm", statistics.gradientNorm());
            for (LayerStatistics layer : statistics.layers()) {
                scalars.add("activation_mean/" + layer.name(), layer.mean())
                        .add("activation_std/" + layer.name(), layer.std())
                        .add("saturated/" + layer.name(), layer.saturated())
                        .add("dead/" + layer.name(), layer.dead());
            }
            for (TensorStatistics tensor : statistics.tensors()) {
                scalars.add("update_ratio/" + tensor.name(), tensor.updateRatio())
                        .add("weight_norm/" + tensor.name(), tensor.norm());
            }
            file.add(statistics.step(), scalars);
            told = statistics.step();
        }

        @Override
        public void evaluated(Monitor.EpochStatistics statistics) {
            if (step > told) {
                // So that there is a curve with monitors off too.
                file.add(step, new EventFile.Scalars().add("loss/batch", loss).add("learning_rate", learningRate));
                told = step;
            }
            file.add(
                    statistics.step(),
                    new EventFile.Scalars()
                            .add("loss/train", statistics.trainLoss())
                            .add("accuracy/train", statistics.trainAccuracy())
                            .add("loss/validation", statistics.validationLoss())
                            .add("accuracy/validation", statistics.validationAccuracy()));
            file.flush();
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            EventFile.Scalars scalars = new EventFile.Scalars();
            new TreeMap<>(metrics).forEach((name, value) -> {
                if (name.startsWith("test_")) {
                    scalars.add("test/" + name.substring("test_".length()), value);
                }
            });
            file.add(step, scalars);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
