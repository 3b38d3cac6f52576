package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.model.Checksum;
import dev.nurture.model.Network;
import dev.nurture.model.Unwritten;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/** The loss of a network's outputs, held to its contract. Used by one thread. */
public final class LossFunction {
    private static final Activity.Work WORK = new Activity.Work("the loss", "loss");

    /** No loss of outputs below this has a reason to overflow. */
    private static final float MODERATE = 1e6f;

    private final Loss loss;
    private final String name;
    private final Origin origin;
    private final Network network;
    private final int width;

    /** @param name of the part, as in the definition */
    public LossFunction(Loss loss, String name, Origin origin, Network network) {
        this.loss = loss;
        this.name = name;
        this.origin = origin;
        this.network = network;
        width = network.output().size();
    }

    /** Returns loss and plugin, as messages name them. */
    String description() {
        return origin.describe("loss '" + name + "'");
    }

    /** Returns the loss in theory of a network that knows nothing; NaN when there is none. */
    double initial() {
        try {
            return loss.initial(width);
        } catch (Throwable e) {
            throw PluginException.in(WORK.what(), e, origin);
        }
    }

    /**
     * Returns the mean loss over the rows that went forward last, and leaves its gradient with the network.
     *
     * @param watched whether to look more closely at what the loss does; the results are the same
     * @return NaN also where the gradient is not finite
     * @throws PluginException if the loss's plugin fails or breaks its contract
     */
    public double evaluate(Targets targets, int rows, boolean watched) {
        int count = rows * width;
        float[] output = network.outputs();
        float[] gradient = network.outputGradients();
        long outputBefore = 0;
        long targetsBefore = 0;
        if (watched) {
            outputBefore = Checksum.of(output, 0, count);
            targetsBefore = checksum(targets, rows);
            Unwritten.mark(gradient, count);
        }
        double value = call(targets, gradient, rows);
        if (watched) {
            require(outputBefore == Checksum.of(output, 0, count), "changed the outputs");
            require(targetsBefore == checksum(targets, rows), "changed the targets");
            int unwritten = Unwritten.count(gradient, count);
            require(unwritten == 0, "left " + unwritten + " of the " + count + " values of its gradient unwritten");
        }
        if (!allFinite(gradient, count)) {
            require(!moderate(output, count), "gave a gradient that is not finite for outputs that are");
            return Double.NaN;
        }
        return value;
    }

    /**
     * Returns the mean loss over the rows that went forward last.
     *
     * @throws PluginException if the loss's plugin fails or breaks its contract
     */
    public double evaluate(Targets targets, int rows) {
        return call(targets, null, rows);
    }

    private double call(Targets targets, float[] gradient, int rows) {
        network.activity().begin(WORK);
        double value;
        try {
            value = loss.evaluate(network.outputs(), targets, gradient, rows, width);
        } catch (Throwable e) {
            throw PluginException.in(WORK.what(), e, origin);
        }
        require(network.outputsIntact(), "wrote beyond its range");
        if (Double.isNaN(value)) {
            require(!moderate(network.outputs(), rows * width), "gave a loss of NaN for outputs that are finite");
        }
        return value;
    }

    /** Turns the outputs of the rows that went forward last into what a user is shown. */
    void predict(int rows) {
        network.activity().begin(WORK);
        try {
            loss.predict(network.outputs(), rows, width);
        } catch (Throwable e) {
            throw PluginException.in("the predictions of the loss", e, origin);
        }
    }

    private long checksum(Targets targets, int rows) {
        return targets.labels() != null
                ? Checksum.of(targets.labels(), rows)
                : Checksum.of(targets.values(), 0, rows * width);
    }

    private static boolean allFinite(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean moderate(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(values[i]) < MODERATE)) {
                return false;
            }
        }
        return true;
    }

    private void require(boolean kept, String otherwise) {
        if (!kept) {
            throw PluginException.breach(origin, otherwise, WORK.what());
        }
    }
}
