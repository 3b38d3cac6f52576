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
    private float[] shift;
    private float[][] scratch;
    private RowTiles rows;

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
        shift = variables.scratch(input.size());
        scratch = variables.perWorker(input.size());
        rows = new RowTiles(input, this::row);
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
        groups.spread(mean, shift);
        rows.run(x, y, batch, pass);
    }

    private void row(float[] x, float[] y, int from, int row, int worker) {
        // By way of a row of the worker's own, so that all arrays of the loop share an index and it is vectorised.
        float[] values = scratch[worker];
        float[] subtract = shift;
        int size = subtract.length;
        System.arraycopy(x, from, values, 0, size);
        for (int j = 0; j < size; j++) {
            values[j] -= subtract[j];
        }
        System.arraycopy(values, 0, y, from, size);
    }
}
