package dev.nurture.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that can be measured of a run: a metric, or one at a moment of training, or a statistic of a layer or a weight.
 *
 * @param name of the metric or the statistic
 * @param detail the moment, the layer or the weight; empty for a metric
 */
public record Measure(String name, String detail) {
    /** Stands for every layer, or every weight. */
    public static final String ALL = "all";

    /** The metrics of a run that can be expected to be something. */
    static final List<String> METRICS = List.of(
            "initial_loss",
            "train_loss",
            "train_accuracy",
            "validation_loss",
            "validation_accuracy",
            "test_loss",
            "test_accuracy");

    /** What is measured after each epoch. */
    private static final List<String> SERIES =
            List.of("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate");

    private static final List<String> OF_LAYERS =
            List.of("activation_mean", "activation_std", "activation_gradient", "saturated_ratio", "dead_ratio");
    private static final List<String> OF_WEIGHTS = List.of("weight_norm", "gradient_norm", "update_ratio");

    private static final List<String> MOMENTS =
            List.of("first", "last", "least", "greatest", "change", "fall", "rise", "epoch_N", "steps_to_X");
    private static final Pattern EPOCH = Pattern.compile("epoch_([1-9][0-9]{0,6})");
    private static final Pattern STEPS_TO = Pattern.compile("steps_to_([0-9.]+(?:[eE][-+]?[0-9]+)?)");

    /** What a measure is of. */
    public enum Kind {
        METRIC,
        MOMENT,
        LAYER,
        WEIGHT
    }

    /** Returns everything that can be measured, by its name alone. */
    static List<String> names() {
        return Stream.of(METRICS, List.of("learning_rate"), OF_LAYERS, OF_WEIGHTS)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns a measure by its name and, after the first dot, its detail: {@code train_loss.first}, {@code
     * activation_std.dense_1}.
     *
     * @throws IllegalArgumentException if there is none, with a message for the user
     */
    public static Measure of(String dotted) {
        int dot = dotted.indexOf('.');
        return dot < 0 ? of(dotted, "") : of(dotted.substring(0, dot), dotted.substring(dot + 1));
    }

    /**
     * Returns a measure.
     *
     * @throws IllegalArgumentException if there is none, with a message for the user
     */
    static Measure of(String name, String detail) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(ParamBinder.noSuch("metric", name, names()));
        }
        boolean ofParts = OF_LAYERS.contains(name) || OF_WEIGHTS.contains(name);
        if (detail.isEmpty() && !METRICS.contains(name)) {
            throw new IllegalArgumentException(
                    name + " needs " + (ofParts ? "the name of a layer or weight, or all" : "a moment: " + moments()));
        }
        if (!detail.isEmpty() && !ofParts) {
            if (!SERIES.contains(name)) {
                throw new IllegalArgumentException(name + " is measured once; it has no moments");
            }
            if (!isMoment(detail)) {
                throw new IllegalArgumentException(ParamBinder.noSuch("moment", detail, MOMENTS));
            }
        }
        return new Measure(name, detail);
    }

    private static String moments() {
        return String.join(", ", MOMENTS);
    }

    private static boolean isMoment(String detail) {
        Matcher steps = STEPS_TO.matcher(detail);
        return MOMENTS.subList(0, MOMENTS.size() - 2).contains(detail)
                || EPOCH.matcher(detail).matches()
                || steps.matches() && PlainScalar.NUMBER.matcher(steps.group(1)).matches();
    }

    public Kind kind() {
        if (detail.isEmpty()) {
            return Kind.METRIC;
        }
        if (OF_LAYERS.contains(name)) {
            return Kind.LAYER;
        }
        return OF_WEIGHTS.contains(name) ? Kind.WEIGHT : Kind.MOMENT;
    }

    /** Returns the epoch of a moment that is an epoch's end, counted from 1. */
    public Optional<Integer> epoch() {
        Matcher epoch = EPOCH.matcher(detail);
        return epoch.matches() ? Optional.of(Integer.parseInt(epoch.group(1))) : Optional.empty();
    }

    /** Returns the value to be reached, for a moment that counts the steps to it. */
    public Optional<Double> reached() {
        Matcher steps = STEPS_TO.matcher(detail);
        return steps.matches() ? Optional.of(Double.parseDouble(steps.group(1))) : Optional.empty();
    }

    /** Tells whether more of it is better: an accuracy, not a loss. */
    public boolean rises() {
        return name.endsWith("_accuracy");
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? name : name + "." + detail;
    }
}
