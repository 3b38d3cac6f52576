package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import dev.nurture.spi.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Round clouds of points, one a class: {@code x = centre + deviation·N(0, I)} with {@code centre = separation·N(0, I)}.
 *
 * <p>Two centres lie {@code separation·√(2·features)} apart on the average (root mean square). With separation 0 and
 * deviation 1 the rows are unit-normal and say nothing of their class. The centres come first in the random stream, so
 * they do not depend on the number of points.
 */
final class Gaussian implements DataSource {
    private static final Param<Integer> POINTS =
            Param.integer("points").in("[1, 1000000]").or(100).doc("points a class");
    private static final Param<Integer> CLASSES =
            Param.integer("classes").in("[2, 1000]").or(3).doc("clouds");
    private static final Param<Integer> FEATURES =
            Param.integer("features").in("[1, 100000]").or(2).doc("dimensions of a point");
    private static final Param<Double> SEPARATION =
            Param.number("separation").in("[0, inf)").or(3.0).doc("standard deviation of the centres about the origin");
    private static final Param<Double> DEVIATION =
            Param.number("deviation").in("[0, inf)").or(1.0).doc("standard deviation of the points about their centre");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "gaussian",
            "Round clouds of normally distributed points, one a class, generated.",
            List.of(POINTS, CLASSES, FEATURES, SEPARATION, DEVIATION),
            Gaussian::new);

    private final int rows;
    private final int classes;
    private final int features;
    private final double separation;
    private final double deviation;

    private Gaussian(Settings settings) {
        classes = settings.get(CLASSES);
        features = settings.get(FEATURES);
        separation = settings.get(SEPARATION);
        deviation = settings.get(DEVIATION);
        rows = settings.get(POINTS) * classes;
        if ((long) rows * features > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("points × classes × features is " + (long) rows * features
                    + " values, more than one array holds (2147483639)");
        }
    }

    @Override
    public Splits load(Context context) {
        RandomGenerator random = context.random();
        double[] centres = new double[classes * features];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = separation * random.nextGaussian();
        }
        float[] x = new float[rows * features];
        int[] labels = new int[rows];
        int points = rows / classes;
        for (int row = 0; row < rows; row++) {
            labels[row] = row / points;
            int centre = labels[row] * features;
            for (int i = 0; i < features; i++) {
                x[row * features + i] = (float) (centres[centre + i] + deviation * random.nextGaussian());
            }
        }
        return new Splits(Dataset.classification(Shape.of(features), x, labels, classes, List.of()), Optional.empty());
    }
}
