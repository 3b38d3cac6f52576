package dev.nurture.contracts;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Finding;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The course of a training as monitors see it, without a network: a classification in three classes with two hidden
 * layers, whose losses, gradients and updates follow plain formulas and the noise of batches. Immutable.
 */
public final class PlainTraining {
    private static final int EPOCHS = 40;
    private static final int STEPS_PER_EPOCH = 25;
    private static final int INTERVAL = 5;
    private static final int CLASSES = 3;
    private static final double RATE = 0.1;

    private final long seed;
    private final Course course;

    /** What goes wrong, if anything. */
    public enum Course {
        HEALTHY("a healthy training"),
        RISING("a loss that rises without end"),
        STILL("a loss that does not move"),
        VANISHING("a gradient that does not reach the first layer"),
        DEAD("units that are dead"),
        SATURATED("units that are saturated"),
        LARGE("updates as large as the weights");

        private final String what;

        Course(String what) {
            this.what = what;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    public PlainTraining(long seed, Course course) {
        this.seed = seed;
        this.course = course;
    }

    /** Opens a watch of a monitor, shows it the whole course, and returns what it finds, in order. */
    public List<Finding> watchedBy(Monitor monitor) {
        return showTo(monitor.watch(training()));
    }

    /** Returns what the training is. */
    public Monitor.Training training() {
        double chance = Math.log(CLASSES);
        Bench.Plan plan = new Bench.Plan(EPOCHS, 20, RATE, 0, 0, chance, "softmax_cross_entropy", "sgd");
        return new Monitor.Training(STEPS_PER_EPOCH, 20, INTERVAL, CLASSES, chance, plan);
    }

    /** Shows a watch the whole course, and returns what it finds, in order; null where it gives none. */
    public List<Finding> showTo(Monitor.Watch watch) {
        KeyedRandom random = new KeyedRandom(seed);
        List<Finding> found = new ArrayList<>();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            double sum = 0;
            for (int batch = 1; batch <= STEPS_PER_EPOCH; batch++) {
                long step = (long) (epoch - 1) * STEPS_PER_EPOCH + batch;
                double loss = loss(step) * (1 + 0.05 * random.nextGaussian());
                sum += loss;
                watch.stepped(step, loss);
                if ((step - 1) % INTERVAL == 0) {
                    add(watch.sampled(statistics(step, epoch, loss, random)), found);
                }
            }
            double mean = sum / STEPS_PER_EPOCH;
            double accuracy = Math.max(1.0 / CLASSES, Math.exp(-mean));
            long step = (long) epoch * STEPS_PER_EPOCH;
            add(
                    watch.evaluated(new Monitor.EpochStatistics(
                            epoch, step, RATE, mean, accuracy, 1.05 * mean, accuracy - 0.01)),
                    found);
        }
        return found;
    }

    /**
     * Tells a listener's session the whole course.
     *
     * @param stepped takes the number of each step before it is told
     */
    void tell(RunListener.Session session, LongConsumer stepped) {
        showTo(new Monitor.Watch() {
            @Override
            public void stepped(long step, double loss) {
                stepped.accept(step);
                session.stepped(step, loss, 0, RATE, 1e-3);
            }

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                session.sampled(statistics);
                return List.of();
            }

            @Override
            public List<Finding> evaluated(Monitor.EpochStatistics statistics) {
                session.evaluated(statistics);
                session.saved(statistics.step());
                return List.of();
            }
        });
    }

    private static void add(List<Finding> some, List<Finding> all) {
        if (some == null) {
            throw new Violation("a watch gives nothing", "null", "a list, empty when all is well");
        }
        all.addAll(some);
    }

    private double loss(long step) {
        double chance = Math.log(CLASSES);
        return switch (course) {
            case RISING -> chance * (1 + step / 20.0);
            case STILL -> chance;
            default -> 0.1 + (chance - 0.1) * Math.exp(-step / 150.0);
        };
    }

    private StepStatistics statistics(long step, int epoch, double loss, KeyedRandom random) {
        double gradient = 1e-3 * (loss + 0.05) * (1 + 0.2 * random.nextGaussian());
        double first = course == Course.VANISHING ? 1e-9 : gradient;
        double update = course == Course.LARGE ? 0.8 : 1e-3;
        List<StepStatistics.LayerStatistics> layers =
                List.of(layer("dense_1", "model[0]", gradient), layer("dense_2", "model[1]", gradient), last(gradient));
        List<StepStatistics.TensorStatistics> tensors = List.of(
                tensor("dense_1", first, update),
                tensor("dense_2", gradient, update),
                tensor("dense_3", gradient, update));
        return new StepStatistics(step, epoch, RATE, loss, 30 * gradient, layers, tensors);
    }

    private StepStatistics.LayerStatistics layer(String name, String path, double gradient) {
        double saturated = course == Course.SATURATED ? 0.95 : Double.NaN;
        double dead = course == Course.DEAD ? 0.9 : 0.02;
        return new StepStatistics.LayerStatistics(name, path, 0.4, 0.6, saturated, dead, gradient);
    }

    private static StepStatistics.LayerStatistics last(double gradient) {
        return new StepStatistics.LayerStatistics("dense_3", "model[2]", 0, 1.5, Double.NaN, Double.NaN, gradient);
    }

    private static StepStatistics.TensorStatistics tensor(String layer, double gradient, double update) {
        return new StepStatistics.TensorStatistics(
                layer + ".weight", layer, true, 10, 30 * gradient, gradient, 10 * update);
    }
}
