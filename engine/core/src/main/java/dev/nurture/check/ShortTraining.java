package dev.nurture.check;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Rehearsal;
import dev.nurture.train.Experiment;
import dev.nurture.train.Rehearsals;
import java.util.Arrays;

/**
 * The first steps of a training, on a copy of the experiment: the same batches and rates as the training itself would
 * have, augmentation apart.
 *
 * @param steps done; fewer than asked when the loss was not finite any more
 * @param loss of rows held back, or of training rows where there are none, after the last step; without penalties
 * @param accuracy on the same; NaN for regression
 */
public record ShortTraining(int steps, double loss, double accuracy) {
    /** Rows that are evaluated on: enough for an accuracy to a percent or two. */
    private static final int EVALUATED = 1_000;

    /** Trains for some steps, or to the end of the training where that is sooner. */
    static ShortTraining of(Experiment experiment, int steps) {
        Bench bench = new ExperimentBench(experiment, new Rehearsals(experiment), "short_training");
        Dataset train = bench.train();
        int batchSize = bench.plan().batchSize();
        int perEpoch = Math.toIntExact(experiment.trainer().progress().stepsPerEpoch());
        int most = (int) Math.min(steps, (long) perEpoch * bench.plan().epochs());
        try (Rehearsal rehearsal = bench.rehearse()) {
            int done = 0;
            for (double loss = 0; done < most && Double.isFinite(loss); done++) {
                int batch = done % perEpoch;
                int[] order = bench.order(done / perEpoch + 1);
                int from = batch * batchSize;
                int to = Math.min(from + batchSize, order.length);
                rehearsal.step(done + 1);
                loss = rehearsal.forward(train.select(Arrays.copyOfRange(order, from, to)), true);
                if (Double.isFinite(loss)) {
                    rehearsal.backward();
                    rehearsal.addPenalty();
                    rehearsal.update(bench.learningRate(done + 1));
                }
            }
            Dataset held = first(bench.validation().orElse(train));
            return new ShortTraining(done, rehearsal.forward(held, false), rehearsal.accuracy(held));
        }
    }

    private static Dataset first(Dataset rows) {
        int[] some = new int[Math.min(EVALUATED, rows.rows())];
        Arrays.setAll(some, i -> i);
        return rows.select(some);
    }
}
