package dev.nurture.plugins.optimizers;

import dev.nurture.contracts.OptimizerReference;
import dev.nurture.contracts.Sample;
import dev.nurture.spi.Optimizer;

/** The update rules of one weight as their papers write them, in double precision. */
final class PaperRules {
    private final Sample<?> sample;

    private PaperRules(Sample<?> sample) {
        this.sample = sample;
    }

    /** Returns the rule of a built-in optimizer under its settings. */
    static OptimizerReference of(Sample<?> sample) {
        return new PaperRules(sample).rule(sample.factory().name());
    }

    private double get(String parameter) {
        return (Double) sample.value(parameter);
    }

    private OptimizerReference rule(String name) {
        return switch (name) {
            case "sgd" -> (w, g, slots, step) -> w - step.learningRate() * g;
            case "momentum" ->
                (w, g, slots, step) -> {
                    slots[0] = get("momentum") * slots[0] - step.learningRate() * g;
                    return w + slots[0];
                };
            case "nesterov" ->
                (w, g, slots, step) -> {
                    // The CS231n notes' own three lines.
                    double before = slots[0];
                    slots[0] = get("momentum") * slots[0] - step.learningRate() * g;
                    return w + -get("momentum") * before + (1 + get("momentum")) * slots[0];
                };
            case "adagrad" ->
                (w, g, slots, step) -> {
                    slots[0] = slots[0] + g * g;
                    return w - step.learningRate() * g / (Math.sqrt(slots[0]) + get("epsilon"));
                };
            case "rmsprop" ->
                (w, g, slots, step) -> {
                    slots[0] = get("decay") * slots[0] + (1 - get("decay")) * g * g;
                    return w - step.learningRate() * g / (Math.sqrt(slots[0]) + get("epsilon"));
                };
            case "adadelta" ->
                (w, g, slots, step) -> {
                    double rho = get("decay");
                    slots[0] = rho * slots[0] + (1 - rho) * g * g;
                    double rmsOfGradient = Math.sqrt(slots[0] + get("epsilon"));
                    double rmsOfStep = Math.sqrt(slots[1] + get("epsilon"));
                    double change = -rmsOfStep / rmsOfGradient * g;
                    slots[1] = rho * slots[1] + (1 - rho) * change * change;
                    return w + step.learningRate() * change;
                };
            case "adam" ->
                (w, g, slots, step) -> {
                    double coupled = g + weightDecay(step) * w;
                    return w - step.learningRate() * adam(coupled, slots, step.number());
                };
            case "adamw" ->
                (w, g, slots, step) -> {
                    double decayed = step.learningRate() * weightDecay(step) * w;
                    return w - step.learningRate() * adam(g, slots, step.number()) - decayed;
                };
            case "nadam" ->
                (w, g, slots, step) -> {
                    double coupled = g + weightDecay(step) * w;
                    double beta1 = get("beta1");
                    long t = step.number();
                    adam(coupled, slots, t);
                    double momentHat = beta1 * slots[0] / (1 - Math.pow(beta1, t + 1))
                            + (1 - beta1) * coupled / (1 - Math.pow(beta1, t));
                    double root = Math.sqrt(slots[1] / (1 - Math.pow(get("beta2"), t)));
                    return w - step.learningRate() * momentHat / (root + get("epsilon"));
                };
            case "lion" ->
                (w, g, slots, step) -> {
                    double direction = Math.signum(get("beta1") * slots[0] + (1 - get("beta1")) * g);
                    slots[0] = get("beta2") * slots[0] + (1 - get("beta2")) * g;
                    return w - step.learningRate() * (direction + weightDecay(step) * w);
                };
            default -> throw new AssertionError(name);
        };
    }

    private double weightDecay(Optimizer.Step step) {
        return step.decays() ? get("weight_decay") : 0;
    }

    private double adam(double g, double[] slots, long t) {
        double beta1 = get("beta1");
        double beta2 = get("beta2");
        slots[0] = beta1 * slots[0] + (1 - beta1) * g;
        slots[1] = beta2 * slots[1] + (1 - beta2) * g * g;
        double firstHat = slots[0] / (1 - Math.pow(beta1, t));
        double secondHat = slots[1] / (1 - Math.pow(beta2, t));
        return firstHat / (Math.sqrt(secondHat) + get("epsilon"));
    }
}
