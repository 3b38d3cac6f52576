package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * Divides by the standard deviation of the training rows: {@code y = x / std}, where {@code std} is taken about the mean
 * and biased. It does not subtract the mean: put {@code zero_mean} before it. What is constant in the training rows is
 * left as it is, divided by 1.
 *
 * <p>CS231n, "Neural networks 2": {@code X /= np.std(X, axis = 0)}.
 */
final class Normalize implements Preprocessor {
    private static final Param<String> PER = Param.choice("per", "feature", "channel", "all")
            .or("feature")
            .doc("what has a deviation of its own: each value of a row, each channel, or the rows as a whole");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "normalize",
            "Divides by the standard deviation of the training rows; subtracts nothing.",
            List.of(PER),
            settings -> new Normalize(settings.get(PER)));

    /** A deviation this far below the mean is the rounding of a constant. */
    private static final double ROUNDING = 1e-7;

    /** A deviation below this would turn the values of other rows into infinities. */
    private static final double LEAST = 1e-30;

    private final String per;
    private Groups groups;
    private float[] deviation;
    private Broadcast broadcast;

    private Normalize(String per) {
        this.per = per;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        groups = switch (per) {
            case "channel" -> Groups.channels(input);
            case "all" -> Groups.whole(input);
            default -> Groups.features(input);
        };
        deviation = variables.buffer("std", groups.shape(), 1);
        broadcast = new Broadcast(input, groups, deviation, Normalize::divide, variables);
        return input;
    }

    @Override
    public void fit(Dataset train) {
        double[] means = groups.mean(train);
        double[] variances = groups.variance(train, means);
        for (int i = 0; i < variances.length; i++) {
            double std = Math.sqrt(variances[i]);
            boolean constant = std <= ROUNDING * Math.abs(means[i]) || std < LEAST;
            deviation[i] = constant ? 1 : (float) std;
        }
    }

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        broadcast.run(x, y, batch, pass);
    }

    private static void divide(float[] row, float[] deviation) {
        for (int j = 0; j < row.length; j++) {
            row[j] /= deviation[j];
        }
    }
}
