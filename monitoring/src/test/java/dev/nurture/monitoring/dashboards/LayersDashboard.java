package dev.nurture.monitoring.dashboards;

/** What each layer gives and what comes back to it. */
final class LayersDashboard {
    private static final String LAYER = "{{run}} {{layer}}";
    private static final String PARAMETER = "{{run}} {{layer}}.{{parameter}}";

    private LayersDashboard() {}

    static Dashboard dashboard() {
        return new Dashboard("Layers", "What each layer gives and what comes back to it, over time.")
                .row(10, activationStd(), gradientNorm())
                .row(10, saturated(), dead())
                .row(9, activationMean(), weightNorm(), updateRatio());
    }

    private static Panel activationStd() {
        return Panel.heat(
                        "Standard deviation of activations",
                        "Like colours from the first layer to the last are well; values that shrink or grow from layer"
                                + " to layer ask for another initializer or for normalization.")
                .query("max by (experiment, run, layer) (nurture_layer_activation_std{*})", LAYER)
                .unit("none")
                .thresholds(
                        "dark-purple",
                        0.001,
                        "dark-blue",
                        0.01,
                        "blue",
                        0.1,
                        "light-blue",
                        0.3,
                        "green",
                        3,
                        "yellow",
                        10,
                        "orange",
                        100,
                        "red");
    }

    private static Panel gradientNorm() {
        return Panel.heat(
                        "Gradient norm",
                        "First layers that turn dark while the last stay light get no gradient; all turning red is an"
                                + " exploding one.")
                .query("max by (experiment, run, layer, parameter) (nurture_layer_gradient_norm{*})", PARAMETER)
                .unit("sci")
                .thresholds(
                        "dark-purple",
                        1e-7,
                        "dark-blue",
                        1e-5,
                        "blue",
                        1e-3,
                        "light-blue",
                        1e-2,
                        "green",
                        10,
                        "yellow",
                        100,
                        "orange",
                        1000,
                        "red");
    }

    private static Panel saturated() {
        return Panel.heat(
                        "Saturated activations",
                        "The share of outputs at either end of sigmoid, tanh and the like, where no gradient passes; red"
                                + " asks for smaller first weights or for normalization.")
                .query(Query.orZero("max by (experiment, run, layer) (nurture_layer_saturated_ratio{*})", LAYER))
                .unit("percentunit")
                .from(0)
                .to(1)
                .thresholds("green", 0.1, "yellow", 0.25, "orange", 0.5, "red");
    }

    private static Panel dead() {
        return Panel.heat(
                        "Dead units",
                        "The share of units that gave nothing for any of the last rows; red asks for a lower learning"
                                + " rate or for leaky_relu.")
                .query(Query.orZero("max by (experiment, run, layer) (nurture_layer_dead_ratio{*})", LAYER))
                .unit("percentunit")
                .from(0)
                .to(1)
                .thresholds("green", 0.1, "yellow", 0.25, "orange", 0.5, "red");
    }

    private static Panel activationMean() {
        return Panel.lines(
                        "Mean of activations",
                        "A layer that drifts away from where it began moves the inputs of the next; normalization holds"
                                + " it.")
                .query("max by (experiment, run, layer) (nurture_layer_activation_mean{*})", LAYER)
                .unit("none");
    }

    private static Panel weightNorm() {
        return Panel.lines(
                        "Weight norm",
                        "Slow growth is usual; a norm that never levels off asks for regularization, one that collapses"
                                + " has too much of it.")
                .query("max by (experiment, run, layer, parameter) (nurture_layer_weight_norm{*})", PARAMETER)
                .unit("none")
                .log();
    }

    private static Panel updateRatio() {
        return Panel.lines(
                        "Update ratio",
                        "About 0.001 is well for weights; a layer far from the others learns at another pace than they.")
                .query("max by (experiment, run, layer, parameter) (nurture_layer_update_ratio{*})", PARAMETER)
                .unit("sci")
                .log()
                .guides(1e-3, "green");
    }
}
