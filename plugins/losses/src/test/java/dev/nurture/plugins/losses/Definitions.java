package dev.nurture.plugins.losses;

import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.Sample;
import java.util.Arrays;

/** The built-in losses of one row, written out plainly in double precision. */
final class Definitions {
    private Definitions() {}

    static LossReference of(Sample<?> sample) {
        return switch (sample.factory().name()) {
            case "softmax_cross_entropy" -> (o, t) -> crossEntropy(o, t, get(sample, "label_smoothing"));
            case "hinge" -> (o, t) -> hinge(o, t, get(sample, "margin"));
            case "mean_squared_error" -> Definitions::squaredError;
            case "huber" -> (o, t) -> huber(o, t, get(sample, "delta"));
            default -> throw new AssertionError(sample.factory().name());
        };
    }

    private static double get(Sample<?> sample, String parameter) {
        return (Double) sample.value(parameter);
    }

    private static double crossEntropy(double[] o, double[] t, double smoothing) {
        double exponentials = Arrays.stream(o).map(Math::exp).sum();
        double sum = 0;
        for (int j = 0; j < o.length; j++) {
            double q = (1 - smoothing) * t[j] + smoothing / o.length;
            sum -= q * Math.log(Math.exp(o[j]) / exponentials);
        }
        return sum;
    }

    private static double hinge(double[] o, double[] t, double margin) {
        double right = 0;
        for (int j = 0; j < o.length; j++) {
            right += t[j] * o[j];
        }
        double sum = 0;
        for (int j = 0; j < o.length; j++) {
            sum += t[j] == 1 ? 0 : Math.max(0, o[j] - right + margin);
        }
        return sum;
    }

    private static double squaredError(double[] o, double[] t) {
        double sum = 0;
        for (int j = 0; j < o.length; j++) {
            sum += Math.pow(o[j] - t[j], 2);
        }
        return sum / o.length;
    }

    private static double huber(double[] o, double[] t, double delta) {
        double sum = 0;
        for (int j = 0; j < o.length; j++) {
            double e = Math.abs(o[j] - t[j]);
            sum += e <= delta ? e * e / 2 : delta * (e - delta / 2);
        }
        return sum / o.length;
    }
}
