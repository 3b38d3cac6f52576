package dev.nurture.model;

import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Pass;
import java.util.List;

/**
 * Runs one layer and holds it to its contract: always that it writes nothing behind the batch; when it is watched also
 * that it leaves its input as it is, and writes all that it is to write. A layer that keeps to it gets the same results
 * either way.
 */
final class GuardedStage {
    private final Network.Stage stage;
    private final GuardedStage previous;
    private final List<Parameter> parameters;
    private final Activity activity;
    private final Activity.Work forward;
    private final Activity.Work backward;
    private final GuardCells outputs;
    private final GuardCells gradients;

    /**
     * Prepares to run a stage.
     *
     * @param number its place in the network, from 0
     * @param previous whose outputs it reads; null for the first
     * @param parameters of the layer
     */
    GuardedStage(
            Network.Stage stage, int number, GuardedStage previous, List<Parameter> parameters, Activity activity) {
        this.stage = stage;
        this.previous = previous;
        this.parameters = parameters;
        this.activity = activity;
        forward = new Activity.Work("forward pass of layer " + stage.name(), stage.name());
        backward = new Activity.Work("backward pass of layer " + stage.name(), stage.name());
        outputs = new GuardCells(stage.y(), 2 * number);
        gradients = new GuardCells(stage.dy(), 2 * number + 1);
    }

    Network.Stage stage() {
        return stage;
    }

    /** Sets the cells behind a batch that nobody may write. */
    void guard(int batch) {
        outputs.set(batch * stage.output().size());
        gradients.set(batch * stage.output().size());
    }

    /** Tells whether nobody wrote behind the batch. */
    boolean intact() {
        return outputs.intact() && gradients.intact();
    }

    void forward(float[] x, int batch, Pass pass, boolean watched) {
        activity.begin(forward);
        int inputs = batch * stage.input().size();
        long before = 0;
        if (watched) {
            before = Checksum.of(x, 0, inputs);
            Unwritten.mark(stage.y(), batch * stage.output().size());
        }
        try {
            stage.layer().forward(x, stage.y(), batch, pass);
        } catch (Throwable e) {
            throw PluginException.in(forward.what(), e, stage.origin());
        }
        checkRange(forward);
        if (watched) {
            require(before == Checksum.of(x, 0, inputs), "changed its input", forward);
            requireWritten(stage.y(), batch * stage.output().size(), "its output", forward);
        }
    }

    /** @param dx null when nobody needs it */
    void backward(float[] x, float[] dx, int batch, Pass pass, boolean watched) {
        activity.begin(backward);
        int inputs = batch * stage.input().size();
        int results = batch * stage.output().size();
        long before = 0;
        long dyBefore = 0;
        if (watched) {
            before = Checksum.of(x, 0, inputs);
            dyBefore = Checksum.of(stage.dy(), 0, results);
            if (dx != null) {
                Unwritten.mark(dx, inputs);
            }
            for (Parameter parameter : parameters) {
                Unwritten.mark(parameter.variable().gradient(), parameter.size());
            }
        }
        try {
            stage.layer().backward(x, stage.y(), stage.dy(), dx, batch, pass);
        } catch (Throwable e) {
            throw PluginException.in(backward.what(), e, stage.origin());
        }
        checkRange(backward);
        if (watched) {
            require(before == Checksum.of(x, 0, inputs), "changed its input", backward);
            boolean same = dyBefore == Checksum.of(stage.dy(), 0, results);
            require(same, "changed the gradient of its output", backward);
            if (dx != null) {
                requireWritten(dx, inputs, "the gradient of its input", backward);
            }
            for (Parameter parameter : parameters) {
                String what = "the gradient of " + parameter.name();
                requireWritten(parameter.variable().gradient(), parameter.size(), what, backward);
            }
        }
    }

    private void checkRange(Activity.Work work) {
        require(intact() && (previous == null || previous.intact()), "wrote beyond its range", work);
    }

    private void requireWritten(float[] array, int count, String what, Activity.Work work) {
        int unwritten = Unwritten.count(array, count);
        if (unwritten > 0) {
            String did = "left " + unwritten + " of the " + count + " values of " + what + " unwritten";
            throw PluginException.breach(stage.origin(), did, work.what());
        }
    }

    private void require(boolean kept, String otherwise, Activity.Work work) {
        if (!kept) {
            throw PluginException.breach(stage.origin(), otherwise, work.what());
        }
    }
}
