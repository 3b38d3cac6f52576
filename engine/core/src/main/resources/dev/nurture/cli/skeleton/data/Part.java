package {{package}};

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Two half circles of radius 1 that reach into each other: point {@code i} of {@code n} lies at the angle {@code t = π·i /
 * (n − 1)}, at {@code (cos t, sin t)} on the upper one, at {@code (1 − cos t, ½ − sin t)} on the lower one, with normal
 * noise on both coordinates.
 */
final class {{class}} implements DataSource {
    private static final Param<Integer> POINTS =
            Param.integer("points").in("[2, 1000000]").or(500).doc("points a class");
    private static final Param<Double> NOISE =
            Param.number("noise").in("[0, 1e6]").or(0.1).doc("standard deviation of the noise");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "{{part}}",
            "Two half circles in the plane that reach into each other, generated.",
            List.of(POINTS, NOISE),
            settings -> new {{class}}(settings.get(POINTS), settings.get(NOISE)));

    private final int points;
    private final double noise;

    {{class}}(int points, double noise) {
        this.points = points;
        this.noise = noise;
    }

    @Override
    public Splits load(Context context) {
        RandomGenerator random = context.random();
        float[] x = new float[2 * 2 * points];
        int[] labels = new int[2 * points];
        for (int row = 0; row < labels.length; row++) {
            int label = row / points;
            double t = Math.PI * (row % points) / (points - 1);
            // StrictMath: the same bits on every JDK and processor.
            double cosine = StrictMath.cos(t);
            double sine = StrictMath.sin(t);
            x[2 * row] = (float) ((label == 0 ? cosine : 1 - cosine) + noise * random.nextGaussian());
            x[2 * row + 1] = (float) ((label == 0 ? sine : 0.5 - sine) + noise * random.nextGaussian());
            labels[row] = label;
        }
        Dataset rows = Dataset.classification(Shape.of(2), x, labels, 2, List.of("upper", "lower"));
        return new Splits(rows, Optional.empty());
    }
}
