package dev.nurture.plugins.initializers;

import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.Sample;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Shape;

/** Mean and standard deviation of the built-in initializers, as the papers have them. */
final class StatedMoments {
    private StatedMoments() {}

    static InitializerMoments of(Sample<?> sample) {
        return switch (sample.factory().name()) {
            case "zero" -> (shape, fan) -> 0;
            case "constant" -> about(get(sample, "value"), 0);
            case "normal" -> (shape, fan) -> get(sample, "std");
            // A uniform variable's variance is a twelfth of the square of its width.
            case "uniform" ->
                about(
                        (get(sample, "low") + get(sample, "high")) / 2,
                        (get(sample, "high") - get(sample, "low")) / Math.sqrt(12));
            case "xavier", "lecun" -> (shape, fan) -> Math.sqrt(1.0 / fan.in());
            case "xavier_uniform" -> (shape, fan) -> 2 * Math.sqrt(6.0 / (fan.in() + fan.out())) / Math.sqrt(12);
            case "he" -> (shape, fan) -> Math.sqrt(2.0 / fan.in());
            case "he_uniform" -> (shape, fan) -> 2 * Math.sqrt(6.0 / fan.in()) / Math.sqrt(12);
            // Its vectors, as long as the gain, have as many components as the longer side.
            case "orthogonal" ->
                (shape, fan) -> get(sample, "gain") / Math.sqrt(Math.max(shape.channels(), shape.plane()));
            default -> throw new AssertionError(sample.factory().name());
        };
    }

    private static double get(Sample<?> sample, String parameter) {
        return (Double) sample.value(parameter);
    }

    private static InitializerMoments about(double mean, double deviation) {
        return new InitializerMoments() {
            @Override
            public double deviation(Shape shape, Fan fan) {
                return deviation;
            }

            @Override
            public double mean(Shape shape, Fan fan) {
                return mean;
            }
        };
    }
}
