package dev.nurture.plugins.optimizers;

import java.util.Map;

/** The update rules of one weight as their papers write them, in double precision, one step after the other. */
final class PaperRules {
    private final String name;
    private final Map<String, Double> settings;
    private double w;
    private double first;
    private double second;
    private int t;

    PaperRules(String name, Map<String, Double> settings, double w) {
        this.name = name;
        this.settings = settings;
        this.w = w;
    }

    double w() {
        return w;
    }

    private double get(String parameter) {
        return settings.get(parameter);
    }

    /** Takes a step; returns where the weight is then. */
    void step(double g, double eta, boolean decays) {
        t++;
        double lambda = decays ? settings.getOrDefault("weight_decay", 0.0) : 0;
        switch (name) {
            case "sgd" -> w = w - eta * g;
            case "momentum" -> {
                first = get("momentum") * first - eta * g;
                w = w + first;
            }
            case "nesterov" -> {
                // The CS231n notes' own three lines.
                double before = first;
                first = get("momentum") * first - eta * g;
                w = w + -get("momentum") * before + (1 + get("momentum")) * first;
            }
            case "adagrad" -> {
                first = first + g * g;
                w = w - eta * g / (Math.sqrt(first) + get("epsilon"));
            }
            case "rmsprop" -> {
                first = get("decay") * first + (1 - get("decay")) * g * g;
                w = w - eta * g / (Math.sqrt(first) + get("epsilon"));
            }
            case "adadelta" -> {
                double rho = get("decay");
                first = rho * first + (1 - rho) * g * g;
                double rmsOfGradient = Math.sqrt(first + get("epsilon"));
                double rmsOfStep = Math.sqrt(second + get("epsilon"));
                double change = -rmsOfStep / rmsOfGradient * g;
                second = rho * second + (1 - rho) * change * change;
                w = w + eta * change;
            }
            case "adam" -> w = w - eta * adam(g + lambda * w);
            case "adamw" -> {
                double decayed = eta * lambda * w;
                w = w - eta * adam(g) - decayed;
            }
            case "nadam" -> {
                double coupled = g + lambda * w;
                double beta1 = get("beta1");
                adam(coupled);
                double momentHat =
                        beta1 * first / (1 - Math.pow(beta1, t + 1)) + (1 - beta1) * coupled / (1 - Math.pow(beta1, t));
                w = w - eta * momentHat / (Math.sqrt(second / (1 - Math.pow(get("beta2"), t))) + get("epsilon"));
            }
            case "lion" -> {
                double direction = Math.signum(get("beta1") * first + (1 - get("beta1")) * g);
                first = get("beta2") * first + (1 - get("beta2")) * g;
                w = w - eta * (direction + lambda * w);
            }
            default -> throw new AssertionError(name);
        }
    }

    private double adam(double g) {
        double beta1 = get("beta1");
        double beta2 = get("beta2");
        first = beta1 * first + (1 - beta1) * g;
        second = beta2 * second + (1 - beta2) * g * g;
        double firstHat = first / (1 - Math.pow(beta1, t));
        double secondHat = second / (1 - Math.pow(beta2, t));
        return firstHat / (Math.sqrt(secondHat) + get("epsilon"));
    }
}
