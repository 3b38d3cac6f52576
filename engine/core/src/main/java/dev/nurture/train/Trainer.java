package dev.nurture.train;

import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.RunListener.Counter;
import dev.nurture.spi.StepStatistics;
import dev.nurture.spi.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mini-batch gradient descent: sample, forward, loss, backward, update; an evaluation after each epoch. */
public final class Trainer {
    private final Network network;
    private final Preprocessing preprocessing;
    private final LossFunction loss;
    private final WeightUpdate update;
    private final LearningRate learningRate;
    private final Dataset train;
    private final Optional<Dataset> validation;
    private final MiniBatches batches;
    private final Evaluator evaluator;
    private final NetworkPass pass;
    private final Plan plan;
    private final History history;
    private final TrainingProgress progress;
    private final EarlyStopping stopping;
    private final Monitoring monitoring;
    private final PhaseClock clock = new PhaseClock();

    private long step;
    private int finishedEpochs;
    private EpochTally tally;
    private double initialLoss;
    private NonFinite nonFinite;
    private boolean halted;
    private volatile boolean stopRequested;

    /**
     * How long to train and when to stop.
     *
     * @param watched the metric that decides which epoch is the best
     * @param patience epochs without improvement before training stops; {@code Integer.MAX_VALUE} for never
     */
    public record Plan(long seed, int epochs, int batchSize, String watched, int patience) {
        EarlyStopping earlyStopping(State from) {
            return new EarlyStopping(watched.endsWith("accuracy"), patience, from.best, from.bestEpoch);
        }
    }

    /** Why training ended: of its own accord, by a monitor, or because somebody asked. */
    public enum End {
        COMPLETED,
        EARLY_STOPPED,
        NON_FINITE,
        HALTED,
        STOPPED
    }

    /**
     * What training came to.
     *
     * @param initialLoss of the first batch before any update, penalties included
     * @param nonFinite what ended it, if the end is that
     * @param bestEpoch the epoch in which the watched metric was best, 0 if none was finished
     */
    public record Outcome(End end, double initialLoss, Optional<NonFinite> nonFinite, int bestEpoch, long step) {}

    /**
     * What training remembers beside weights and slots.
     *
     * @param epochs finished
     * @param cursor how many batches of the next epoch are done; 0 between two epochs
     * @param lossSum of these batches, each loss times its rows
     * @param right how many of their rows were answered right
     * @param best value of the watched metric, NaN before the first
     * @param losses what schedules watch, one an evaluation
     */
    public record State(
            long step,
            int epochs,
            int cursor,
            double lossSum,
            long right,
            double initialLoss,
            double best,
            int bestEpoch,
            double[] losses) {
        /** Returns where training stands before its first step. */
        public static State beginning() {
            return new State(0, 0, 0, 0, 0, Double.NaN, Double.NaN, 0, new double[0]);
        }
    }

    /** What schedules could know at a step of the plan. */
    private final class Planned implements LearningRateSchedule.Progress {
        private final long step;

        Planned(long step) {
            this.step = step;
        }

        @Override
        public long step() {
            return step;
        }

        @Override
        public long totalSteps() {
            return history.totalSteps();
        }

        @Override
        public long stepsPerEpoch() {
            return history.stepsPerEpoch();
        }

        @Override
        public int evaluations() {
            return 0;
        }

        @Override
        public double loss(int i) {
            throw new IndexOutOfBoundsException("evaluation " + i + " of 0");
        }
    }

    /** What schedules may know: the step, the plan, and how each evaluation came out. */
    private final class History implements LearningRateSchedule.Progress {
        private double[] losses;
        private int evaluations;

        History(double[] before) {
            losses = Arrays.copyOf(before, before.length + 64);
            evaluations = before.length;
        }

        void add(double value) {
            if (evaluations == losses.length) {
                losses = Arrays.copyOf(losses, 2 * evaluations);
            }
            losses[evaluations++] = value;
        }

        @Override
        public long step() {
            return step;
        }

        @Override
        public long totalSteps() {
            return (long) plan.epochs * batches.count();
        }

        @Override
        public long stepsPerEpoch() {
            return batches.count();
        }

        @Override
        public int evaluations() {
            return evaluations;
        }

        @Override
        public double loss(int i) {
            if (i < 0 || i >= evaluations) {
                throw new IndexOutOfBoundsException("evaluation " + i + " of " + evaluations);
            }
            return losses[i];
        }
    }

    /**
     * Prepares to train from a state on; weights, slots and buffers are those of that state.
     *
     * @param train rows as {@link Preprocessing#fit} gave them
     * @param validation rows as {@link Preprocessing#prepare} gave them
     * @throws IllegalArgumentException if the state is not one of this plan
     */
    Trainer(
            Network network,
            Preprocessing preprocessing,
            LossFunction loss,
            WeightUpdate update,
            LearningRate learningRate,
            Dataset train,
            Optional<Dataset> validation,
            NetworkPass pass,
            Monitoring monitoring,
            Plan plan,
            State from) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.loss = loss;
        this.update = update;
        this.learningRate = learningRate;
        this.train = train;
        this.validation = validation;
        this.batches = new MiniBatches(train, plan.batchSize);
        this.evaluator = new Evaluator(network, loss, pass);
        this.pass = pass;
        this.plan = plan;
        this.monitoring = monitoring;
        if (from.cursor > 0 && from.cursor >= batches.count()) {
            throw new IllegalArgumentException("the epoch under way has " + from.cursor
                    + " batches behind it, but an epoch has " + batches.count());
        }
        stopping = plan.earlyStopping(from);
        history = new History(from.losses);
        step = from.step;
        finishedEpochs = from.epochs;
        initialLoss = from.initialLoss;
        tally = new EpochTally(from);
        progress = new TrainingProgress(plan.epochs, batches.count(), step);
    }

    public TrainingProgress progress() {
        return progress;
    }

    /** Returns what the time of training goes to. */
    PhaseClock clock() {
        return clock;
    }

    /** Returns what is counted while it trains. Any thread. */
    List<Counter> counters() {
        List<Counter> counters = new ArrayList<>(clock.counters());
        counters.add(Counter.of("train_steps", "steps that are done", progress::step));
        counters.add(Counter.of("train_samples", "rows trained on", this::samples));
        counters.add(Counter.of(
                "gradient_clipped", "steps whose gradient was longer than training.clip_norm", update::clipped));
        return counters;
    }

    /** Returns how many rows were trained on. Any thread. */
    private double samples() {
        long done = progress.step();
        // All batches but an epoch's last are full.
        long ofThisEpoch = Math.min(done % batches.count() * plan.batchSize, train.rows());
        return (double) (done / batches.count()) * train.rows() + ofThisEpoch;
    }

    /** Returns where training stands, between two steps. For the training thread. */
    public State state() {
        return new State(
                step,
                finishedEpochs,
                tally.batches,
                tally.lossSum,
                tally.right,
                initialLoss,
                stopping.best(),
                stopping.bestEpoch(),
                Arrays.copyOf(history.losses, history.evaluations));
    }

    /** Returns what schedules may know after so many steps, had there been no evaluation. */
    LearningRateSchedule.Progress planned(long steps) {
        return new Planned(steps);
    }

    /** Returns which training rows the batches of an epoch hold, batch after batch. */
    public int[] order(int epoch) {
        return DataSplits.permutation(train.rows(), epochKey(epoch));
    }

    private long epochKey(int epoch) {
        return KeyedRandom.key(KeyedRandom.key(plan.seed, "shuffle"), epoch);
    }

    /** Asks training to end after the step under way. Any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Trains until the plan is done, the metric stops improving, a loss or a weight is not finite, a monitor finds that it
     * must not go on, or somebody asks to stop.
     *
     * @throws PluginException if a plugin fails at its work
     */
    public Outcome train(TrainingListener listener) {
        End end = plan.epochs == 0 ? look(listener) : End.COMPLETED;
        while (end == End.COMPLETED && finishedEpochs < plan.epochs) {
            end = stopping.stop(finishedEpochs) ? End.EARLY_STOPPED : nextEpoch(finishedEpochs + 1, listener);
        }
        return new Outcome(end, initialLoss, Optional.ofNullable(nonFinite), stopping.bestEpoch(), step);
    }

    /** Passes the first batch through the network and back, and leaves everything as it was. */
    private End look(TrainingListener listener) {
        List<float[]> buffers = network.variables().buffers().stream()
                .map(buffer -> buffer.value().clone())
                .toList();
        batches.shuffle(epochKey(1));
        int rows = batches.gather(0);
        Optional<StepStatistics> statistics;
        try {
            statistics = passOnce(rows);
        } catch (Throwable e) {
            throw PluginException.in("the one batch of a network that is not trained", e);
        } finally {
            clock.leave();
            network.activity().rest();
            for (int i = 0; i < buffers.size(); i++) {
                float[] value = network.variables().buffers().get(i).value();
                System.arraycopy(buffers.get(i), 0, value, 0, value.length);
            }
        }
        statistics.ifPresent(of -> listener.untrained(of, rows));
        return statistics.isPresent() ? End.COMPLETED : End.NON_FINITE;
    }

    /** Returns what a batch leaves in the network; nothing if its loss is not finite. */
    private Optional<StepStatistics> passOnce(int rows) {
        pass.training(1, 0);
        float[] x = preprocessing.augment(batches.x(), rows, pass, true, network.activity());
        clock.enter(PhaseClock.Phase.FORWARD);
        network.forward(x, rows, pass, true);
        initialLoss = loss.evaluate(batches.targets(), rows, true);
        if (!Double.isFinite(initialLoss)) {
            nonFinite = trace("loss", initialLoss, x, rows);
            return Optional.empty();
        }
        clock.enter(PhaseClock.Phase.BACKWARD);
        network.backward(x, rows, pass, true);
        initialLoss += update.addPenalty();
        clock.enter(PhaseClock.Phase.MONITOR);
        return Optional.of(monitoring.untrained(rows, initialLoss));
    }

    /** Does an epoch, or what is left of it, with its evaluation. */
    private End nextEpoch(int epoch, TrainingListener listener) {
        End end;
        try {
            end = trainEpoch(epoch, listener);
        } catch (Throwable e) {
            throw PluginException.in("step " + (step + 1), e);
        } finally {
            clock.leave();
            network.activity().rest();
        }
        if (end != End.COMPLETED) {
            return end;
        }
        EpochReport report = tally.report(epoch, validated(epoch));
        nonFinite = nonFinite(report);
        if (nonFinite != null) {
            return End.NON_FINITE;
        }
        history.add(report.watchedLoss());
        boolean best = stopping.improved(epoch, report.metric(plan.watched));
        finishedEpochs = epoch;
        tally = new EpochTally(State.beginning());
        listener.epochFinished(report, best, epoch == plan.epochs || stopping.stop(epoch));
        tell(monitoring.evaluated(report.statistics()), listener);
        network.activity().rest();
        return halted ? End.HALTED : End.COMPLETED;
    }

    private void observe(int epoch, float rate, double value, TrainingListener listener) {
        Optional<StepStatistics> statistics = monitoring.afterUpdate(step, epoch, rate, value);
        if (statistics.isPresent()) {
            listener.sampled(statistics.get());
            tell(monitoring.sampled(statistics.get()), listener);
        }
    }

    private void tell(List<Finding> findings, TrainingListener listener) {
        for (Finding finding : findings) {
            listener.found(finding);
            halted |= finding.severity() == Finding.Severity.FAIL;
        }
    }

    private Optional<Evaluation> validated(int epoch) {
        clock.enter(PhaseClock.Phase.EVALUATE);
        try {
            return validation.map(evaluator::evaluate);
        } catch (Throwable e) {
            throw PluginException.in("validation after epoch " + epoch, e);
        } finally {
            clock.leave();
        }
    }

    /** Looks at the weights, too: what the last step did to them shows in no loss where there is no validation split. */
    private NonFinite nonFinite(EpochReport report) {
        if (NonFinite.tensor(network.variables(), "") != null) {
            return NonFinite.find(
                    "network", Double.NaN, network, null, 0, update.rule().description(), null);
        }
        return Double.isFinite(report.watchedLoss()) ? null : trace("validation_loss", report.watchedLoss(), null, 0);
    }

    /**
     * Looks for where a loss that is not finite came from.
     *
     * @param x what the network got, or null when that is not there any more
     * @param rows of it
     */
    NonFinite trace(String measure, double value, float[] x, int rows) {
        String last = "what " + loss.description() + " makes of outputs that are finite";
        return NonFinite.find(measure, value, network, x, rows, update.rule().description(), last);
    }

    private End trainEpoch(int epoch, TrainingListener listener) {
        progress.epoch(epoch);
        batches.shuffle(epochKey(epoch));
        int first = tally.batches;
        tally.startClock();
        for (int batch = first; batch < batches.count(); batch++) {
            if (stopRequested || halted) {
                return halted ? End.HALTED : End.STOPPED;
            }
            network.activity().batch(true);
            long start = clock.enter(PhaseClock.Phase.DATA);
            // What a plugin does to others' arrays it does to every batch: one an epoch is enough to see it.
            boolean watched = batch == first;
            int rows = batches.gather(batch);
            Targets targets = batches.targets();
            float rate = learningRate.at(history, network.activity());

            pass.training(epoch, batch);
            float[] x = preprocessing.augment(batches.x(), rows, pass, watched, network.activity());
            clock.enter(PhaseClock.Phase.FORWARD);
            float[] output = network.forward(x, rows, pass, watched);
            double value = loss.evaluate(targets, rows, watched);
            double penalty = 0;
            if (!Double.isFinite(value)) {
                // Before the backward pass, so that the gradients of the last step are there to be traced.
                nonFinite = trace("loss", value, x, rows);
            } else {
                clock.enter(PhaseClock.Phase.BACKWARD);
                network.backward(x, rows, pass, watched);
                clock.enter(PhaseClock.Phase.UPDATE);
                penalty = update.addPenalty();
                value += penalty;
                if (!Double.isFinite(value)) {
                    nonFinite = new NonFinite("loss", value, "penalty", "the penalty on the weights");
                }
            }
            if (step == 0) {
                initialLoss = value;
            }
            if (nonFinite != null) {
                return End.NON_FINITE;
            }
            clock.enter(PhaseClock.Phase.MONITOR);
            monitoring.beforeUpdate(step + 1, rows);
            clock.enter(PhaseClock.Phase.UPDATE);
            update.clip();
            update.apply(step + 1, rate, watched);
            step++;

            tally.add(value, Accuracy.right(output, targets, rows, train.width()), rows, rate);
            progress.stepped(step, value);
            long end = clock.enter(PhaseClock.Phase.MONITOR);
            listener.stepped(step, value, penalty, rate, (end - start) / 1e9);
            observe(epoch, rate, value, listener);
            if (batch + 1 < batches.count() && !halted) {
                listener.between(step);
            }
        }
        tally.stopClock();
        return End.COMPLETED;
    }

    /** Sums up an epoch, from wherever it is taken up. */
    private final class EpochTally {
        private final long samplesBefore;
        private double lossSum;
        private long right;
        private int batches;
        private long samples;
        private float rate;
        private long start;
        private long savingBefore;
        private double seconds;

        EpochTally(State from) {
            lossSum = from.lossSum;
            right = from.right;
            batches = from.cursor;
            // All batches but an epoch's last are full.
            samples = (long) from.cursor * plan.batchSize;
            samplesBefore = samples;
        }

        void startClock() {
            savingBefore = clock.nanos(PhaseClock.Phase.CHECKPOINT);
            start = System.nanoTime();
        }

        void add(double value, int right, int rows, float rate) {
            lossSum += value * rows;
            this.right += right;
            batches++;
            samples += rows;
            this.rate = rate;
        }

        void stopClock() {
            long saving = clock.nanos(PhaseClock.Phase.CHECKPOINT) - savingBefore;
            seconds = Math.max(0, System.nanoTime() - start - saving) / 1e9;
        }

        EpochReport report(int epoch, Optional<Evaluation> evaluation) {
            return new EpochReport(
                    epoch,
                    step,
                    rate,
                    lossSum / samples,
                    Accuracy.of(right, train),
                    evaluation,
                    seconds,
                    samples - samplesBefore);
        }
    }
}
