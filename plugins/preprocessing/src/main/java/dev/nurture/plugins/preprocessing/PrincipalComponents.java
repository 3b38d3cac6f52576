package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * Rotates rows onto the principal components of the training rows, the one of greatest variance first: {@code y = (x −
 * mean)·Uᵀ}, where the rows of {@code U} are unit eigenvectors of the covariance. Whitening divides each by its deviation
 * as well: {@code y / √(S + ε)}. Gives a vector of {@code components} values, whatever the shape of a row was.
 *
 * <p>It subtracts the mean itself, so it does not matter whether {@code zero_mean} stands before it. Fitting takes {@code
 * rows·n²/2 + 6·n³} multiply-adds, about, on one thread, and {@code 16·n²} bytes. CS231n, "Neural networks 2".
 */
final class PrincipalComponents implements Preprocessor {
    private static final Param<Integer> COMPONENTS = Param.integer("components")
            .in("[1, inf)")
            .optional()
            .doc("how many are kept, from the one of greatest variance; by default all");
    private static final Param<Double> EPSILON = Param.number("epsilon")
            .in("(0, inf)")
            .or(1e-5)
            .doc("added to each variance, so that what is almost constant is not blown up");

    static final Factory<Preprocessor> PCA = new Factory<>(
            Preprocessor.class,
            "pca",
            "Decorrelates: rotates rows onto the principal components of the training rows, and may drop the last.",
            List.of(COMPONENTS),
            settings -> new PrincipalComponents("pca", settings.get(COMPONENTS), Double.NaN));

    static final Factory<Preprocessor> WHITEN = new Factory<>(
            Preprocessor.class,
            "whiten",
            "Whitens: principal components, each divided by sqrt(variance + epsilon).",
            List.of(COMPONENTS, EPSILON),
            settings -> new PrincipalComponents("whiten", settings.get(COMPONENTS), settings.get(EPSILON)));

    /** Rows a tile: enough for the matrix product to be worth reading the whole projection. */
    private static final int ROWS = 64;

    private final String name;
    private final Integer wanted;
    private final double epsilon;
    private final Tile tile = this::tile;
    private int size;
    private int components;
    private float[] mean;
    private float[] projection;
    private float[] variance;
    private float[][] centred;

    private float[] x;
    private float[] y;
    private int batch;
    private Pass pass;

    /** Whitens unless {@code epsilon} is NaN. */
    private PrincipalComponents(String name, Integer wanted, double epsilon) {
        this.name = name;
        this.wanted = wanted;
        this.epsilon = epsilon;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        components = wanted == null ? size : wanted;
        if (components > size) {
            throw new IllegalArgumentException("'" + name + "' cannot keep " + components
                    + " components of rows that have " + size + " values; components is at most " + size);
        }
        mean = variables.buffer("mean", input, 0);
        projection = variables.buffer("projection", Shape.of(components, size), 0);
        variance = variables.buffer("variance", Shape.of(components), 0);
        centred = variables.perWorker(ROWS * size);
        return Shape.of(components);
    }

    @Override
    public void fit(Dataset train) {
        double[] means = Groups.features(train.shape()).mean(train);
        SymmetricEigen eigen = new SymmetricEigen(Covariance.of(train, means));
        for (int j = 0; j < size; j++) {
            mean[j] = (float) means[j];
        }
        for (int i = 0; i < components; i++) {
            // A variance of 0 may come out a rounding below it.
            double value = Math.max(0, eigen.value(i));
            double scale = Double.isNaN(epsilon) ? 1 : 1 / Math.sqrt(value + epsilon);
            double[] vector = eigen.vector(i);
            variance[i] = (float) value;
            for (int j = 0; j < size; j++) {
                projection[i * size + j] = (float) (scale * vector[j]);
            }
        }
    }

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        this.pass = pass;
        pass.compute().run(Tile.count(batch, ROWS), tile);
    }

    private void tile(int tile, int worker) {
        int first = tile * ROWS;
        int count = Math.min(ROWS, batch - first);
        float[] rows = centred[worker];
        float[] subtract = mean;
        for (int row = 0; row < count; row++) {
            for (int j = 0; j < size; j++) {
                rows[row * size + j] = x[(first + row) * size + j] - subtract[j];
            }
        }
        pass.compute()
                .gemm(
                        false,
                        true,
                        count,
                        components,
                        size,
                        1,
                        rows,
                        0,
                        size,
                        projection,
                        0,
                        size,
                        0,
                        y,
                        first * components,
                        components);
    }
}
