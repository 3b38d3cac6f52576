package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.List;
import java.util.function.Function;

/**
 * Subtracts the mean of the training rows: {@code y = x − mean}, with one mean a value (the mean image) or one a channel.
 *
 * <p>CS231n, "Neural networks 2" and lecture 6: the mean image as in AlexNet, one mean a channel as in VGGNet.
 */
final class Centre implements Preprocessor {
    static final Factory<Preprocessor> ZERO_MEAN = factory(
            "zero_mean", "Subtracts the mean of the training rows, one a value: the mean image.", Groups::features);

    static final Factory<Preprocessor> CHANNEL_MEAN =
            factory("channel_mean", "Subtracts the mean of the training rows, one a channel.", Groups::channels);

    private final Function<Shape, Groups> grouping;
    private Groups groups;
    private float[] mean;
    private Broadcast broadcast;

    private Centre(Function<Shape, Groups> grouping) {
        this.grouping = grouping;
    }

    private static Factory<Preprocessor> factory(String name, String doc, Function<Shape, Groups> grouping) {
        return new Factory<>(Preprocessor.class, name, doc, List.of(), settings -> new Centre(grouping));
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        groups = grouping.apply(input);
        mean = variables.buffer("mean", groups.shape(), 0);
        broadcast = new Broadcast(input, groups, mean, Centre::subtract, variables);
        return input;
    }

    @Override
    public void fit(Dataset train) {
        double[] means = groups.mean(train);
        for (int i = 0; i < means.length; i++) {
            mean[i] = (float) means[i];
        }
    }

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        broadcast.run(x, y, batch, pass);
    }

    private static void subtract(float[] row, float[] mean) {
        for (int j = 0; j < row.length; j++) {
            row[j] -= mean[j];
        }
    }
}
