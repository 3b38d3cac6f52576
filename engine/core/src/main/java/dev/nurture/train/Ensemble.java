package dev.nurture.train;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Targets;
import java.util.Arrays;

/** Several networks as one: the mean of what each predicts for the same rows. */
public final class Ensemble {
    /** How far from one a row's probabilities may add up, rounded as floats. */
    private static final double NEARLY_ONE = 1e-3;

    private Dataset rows;
    private String first;
    private String dataSha256;
    private double[] sum;
    private int members;

    /**
     * Adds a network.
     *
     * @param name of the network, for messages
     * @param rows that it predicted, in the order of the first network's
     * @param predictions as {@link Evaluator#predict} gave them
     * @throws IllegalArgumentException if the rows are not those of the first network
     */
    public void add(String name, Dataset rows, float[] predictions, String dataSha256) {
        if (sum == null) {
            this.rows = rows;
            this.first = name;
            this.dataSha256 = dataSha256;
            sum = new double[predictions.length];
        } else if (!this.dataSha256.equals(dataSha256)
                || !Arrays.equals(this.rows.labels(), rows.labels())
                || !Arrays.equals(this.rows.values(), rows.values())) {
            throw new IllegalArgumentException(
                    "its rows are not those of " + first + ": an ensemble needs the same data, split and seed");
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += predictions[i];
        }
        members++;
    }

    /**
     * Returns the logarithmic loss of the mean probabilities, or for regression the mean squared error of the mean
     * values. Where the networks give scores rather than probabilities there is no such loss: it is NaN.
     */
    public Evaluation evaluate() {
        int width = rows.width();
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / members);
        }
        double loss = 0;
        if (rows.classification()) {
            loss = probabilities(width) ? 0 : Double.NaN;
            for (int row = 0; row < rows.rows(); row++) {
                loss -= Math.log(sum[row * width + rows.labels()[row]] / members);
            }
            int right = Accuracy.right(mean, Targets.classes(rows.labels()), rows.rows(), width);
            return new Evaluation(loss / rows.rows(), Accuracy.of(right, rows));
        }
        for (int i = 0; i < sum.length; i++) {
            double difference = sum[i] / members - rows.values()[i];
            loss += difference * difference;
        }
        return new Evaluation(loss / sum.length, Double.NaN);
    }

    private boolean probabilities(int width) {
        for (int row = 0; row < rows.rows(); row++) {
            double total = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (!(sum[i] >= 0)) {
                    return false;
                }
                total += sum[i];
            }
            if (!(Math.abs(total / members - 1) < NEARLY_ONE)) {
                return false;
            }
        }
        return true;
    }
}
