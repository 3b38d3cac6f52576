package dev.nurture.train;

import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.observe.Answers;
import dev.nurture.spi.Dataset;

/** Runs rows through a network in evaluation mode. */
public final class Evaluator {
    private final Network network;
    private final LossFunction loss;
    private final NetworkPass pass;

    public Evaluator(Network network, LossFunction loss, NetworkPass pass) {
        this.network = network;
        this.loss = loss;
        this.pass = pass;
    }

    /**
     * Returns loss and accuracy over all rows, in their order, in batches of the network's capacity.
     *
     * @throws dev.nurture.plugin.PluginException if a plugin fails at its work
     */
    public Evaluation evaluate(Dataset data) {
        return evaluate(data, null);
    }

    /**
     * Does the same, and lets somebody see the answers.
     *
     * @param answers of these rows; null when nobody wants to see them
     */
    Evaluation evaluate(Dataset data, Answers answers) {
        MiniBatches batches = new MiniBatches(data, network.variables().capacity());
        pass.evaluation();
        double sum = 0;
        long right = 0;
        for (int i = 0; i < batches.count(); i++) {
            network.activity().batch(false);
            int rows = batches.gather(i);
            float[] output = network.forward(batches.x(), rows, pass);
            sum += loss.evaluate(batches.targets(), rows) * rows;
            right += Accuracy.right(output, batches.targets(), rows, data.width());
            if (answers != null) {
                loss.predict(rows);
                answers.take(i * network.variables().capacity(), rows, output);
            }
        }
        network.activity().rest();
        return new Evaluation(sum / data.rows(), Accuracy.of(right, data));
    }

    /** Returns what a user is shown for each row: class probabilities, scores or values; {@code width} a row. */
    public float[] predict(Dataset data) {
        int width = data.width();
        float[] predictions = new float[data.rows() * width];
        MiniBatches batches = new MiniBatches(data, network.variables().capacity());
        pass.evaluation();
        for (int i = 0; i < batches.count(); i++) {
            network.activity().batch(false);
            int rows = batches.gather(i);
            float[] output = network.forward(batches.x(), rows, pass);
            loss.predict(rows);
            System.arraycopy(output, 0, predictions, i * network.variables().capacity() * width, rows * width);
        }
        network.activity().rest();
        return predictions;
    }
}
