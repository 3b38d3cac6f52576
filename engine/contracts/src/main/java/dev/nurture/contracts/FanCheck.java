package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import java.util.Arrays;
import java.util.Map;

/**
 * Counts what a weight's fan should be: the values of the weight that one output depends on, and those that one input
 * meets. Only layers of a single weight are judged, since where several work together every output may depend on all of
 * each; and only if the output grows with the weight, since otherwise its first values do not matter.
 */
final class FanCheck {
    /** Values of an example; counting takes a pass for each. */
    private static final int LARGEST = 256;

    private final LayerTrial trial;
    private final TestPass pass = TestPass.training(1);

    FanCheck(Subject<Layer> subject, Shape input) {
        trial = new LayerTrial(subject.fresh(), input, 1, LayerTrial.SPARE, 3, subject.random("fan"));
    }

    void require() {
        Map<String, Fan> fans = trial.variables.fans();
        if (fans.size() != 1) {
            return;
        }
        String name = fans.keySet().iterator().next();
        Fan fan = fans.get(name);
        Variable weight = trial.variables.trained().get(name);
        int size = weight.value().length;
        if (fan.in() > size || fan.out() > size) {
            throw new Violation(
                    "weight '" + name + "' of " + weight.shape() + " is declared with a fan larger than itself",
                    fan.in() + " in, " + fan.out() + " out",
                    "at most " + size);
        }
        if (trial.input.size() > LARGEST || !grows(weight)) {
            return;
        }
        int in = in(weight);
        boolean tooFew = fan.in() < in;
        // At no place need a kernel lie wholly within a small image.
        boolean tooMany = fan.in() >= 2 * in && in > 0 && fan.in() <= trial.input.size();
        if (in < size && (tooFew || tooMany)) {
            throw new Violation(
                    "weight '" + name + "' is declared with the wrong fan: inputs a unit, for examples of shape "
                            + trial.input,
                    fan.in(),
                    in);
        }
        int out = out(weight);
        if (out < size && fan.out() < out) {
            throw new Violation(
                    "weight '" + name + "' is declared with the wrong fan: units that a value goes to, for examples of"
                            + " shape " + trial.input,
                    fan.out(),
                    out);
        }
    }

    private boolean grows(Variable weight) {
        float[] saved = weight.value().clone();
        float[] y = trial.evaluate();
        for (int i = 0; i < saved.length; i++) {
            weight.value()[i] *= 2;
        }
        float[] doubled = trial.evaluate();
        System.arraycopy(saved, 0, weight.value(), 0, saved.length);
        double change = 0;
        double whole = 0;
        for (int i = 0; i < y.length; i++) {
            change += Math.abs(doubled[i] - y[i]);
            whole += Math.abs(y[i]);
        }
        return change > 0.05 * whole;
    }

    /** Returns the most values of the weight that any output depends on. */
    private int in(Variable weight) {
        int most = 0;
        for (int i = 0; i < trial.output.size(); i++) {
            Arrays.fill(trial.dy, 0);
            trial.dy[i] = 1;
            trial.forward(pass);
            trial.backward(pass);
            most = Math.max(most, moved(weight));
        }
        return most;
    }

    /** Returns the most values of the weight that any input meets. */
    private int out(Variable weight) {
        int most = 0;
        Arrays.fill(trial.dy, 1);
        for (int i = 0; i < trial.input.size(); i++) {
            Arrays.fill(trial.x, 0);
            trial.x[i] = 1;
            trial.forward(pass);
            trial.backward(pass);
            most = Math.max(most, moved(weight));
        }
        return most;
    }

    private static int moved(Variable weight) {
        int count = 0;
        for (float slope : weight.gradient()) {
            count += slope != 0 ? 1 : 0;
        }
        return count;
    }
}
