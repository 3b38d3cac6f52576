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
 * Intertwined spiral arms in the plane, which no linear classifier separates: point {@code i} of {@code n} of class
 * {@code j} has radius {@code r = i/(n−1)}, angle {@code t = 4j + 4·i/(n−1) + noise·N(0,1)}, and lies at
 * {@code (r sin t, r cos t)} (CS231n course notes, "Putting it together: minimal neural network case study").
 */
final class Spiral implements DataSource {
    private static final double ARM = 4;

    private static final Param<Integer> POINTS =
            Param.integer("points").in("[2, 1000000]").or(100).doc("points a class");
    private static final Param<Integer> CLASSES =
            Param.integer("classes").in("[2, 1000]").or(3).doc("arms of the spiral");
    private static final Param<Double> NOISE =
            Param.number("noise").in("[0, inf)").or(0.2).doc("standard deviation of the angle, in radians");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "spiral",
            "Points in the plane on intertwined spiral arms, generated (CS231n course notes, case study).",
            List.of(POINTS, CLASSES, NOISE),
            Spiral::new);

    private final int points;
    private final int classes;
    private final double noise;

    private Spiral(Settings settings) {
        points = settings.get(POINTS);
        classes = settings.get(CLASSES);
        noise = settings.get(NOISE);
    }

    @Override
    public Splits load(Context context) {
        RandomGenerator random = context.random();
        float[] x = new float[points * classes * 2];
        int[] labels = new int[points * classes];
        int row = 0;
        for (int j = 0; j < classes; j++) {
            for (int i = 0; i < points; i++) {
                double r = i / (points - 1.0);
                double t = ARM * (j + r) + noise * random.nextGaussian();
                // StrictMath: the same bits on every JDK and processor.
                x[2 * row] = (float) (r * StrictMath.sin(t));
                x[2 * row + 1] = (float) (r * StrictMath.cos(t));
                labels[row] = j;
                row++;
            }
        }
        return new Splits(Dataset.classification(Shape.of(2), x, labels, classes, List.of()), Optional.empty());
    }
}
