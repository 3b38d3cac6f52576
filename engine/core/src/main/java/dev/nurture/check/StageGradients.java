package dev.nurture.check;

import dev.nurture.contracts.DirectionalDerivative;
import dev.nurture.model.Network;
import dev.nurture.model.Parameter;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares what one layer of a network gives back with differences of what it computes, about the values that it has
 * there: with respect to its input and to each of its weights. Its outputs are weighed at random and summed in double.
 */
final class StageGradients {
    /** Between what rounding and kinks leave of a right gradient, below 1e-3, and an error of one percent. */
    static final double THRESHOLD = 5e-3;

    /** A kink may disturb one direction; a wrong gradient is wrong along all. */
    private static final int DIRECTIONS = 3;

    /** How far values are moved apart, as a share of their root mean square. */
    private static final double APART = 0.1;

    private final Network.Stage stage;
    private final List<Parameter> parameters;
    private final float[] x;
    private final int rows;
    private final Pass pass;
    private final float[] weights;
    private final float[] y;
    private final KeyedRandom random;
    private double unit;

    /**
     * A gradient that is wrong.
     *
     * @param tensor with respect to which
     */
    record Wrong(String tensor, double relativeError) {}

    /**
     * Prepares to compare.
     *
     * @param parameters those of the layer
     * @param input what the layer reads
     * @param rows of it
     */
    StageGradients(
            Network.Stage stage, List<Parameter> parameters, float[] input, int rows, Pass pass, KeyedRandom random) {
        this.stage = stage;
        this.parameters = parameters;
        x = offKinks(input, rows * stage.input().size(), random);
        this.rows = rows;
        this.pass = pass;
        this.random = random;
        weights = new float[stage.dy().length];
        for (int i = 0; i < rows * stage.output().size(); i++) {
            weights[i] = (float) random.nextGaussian();
        }
        y = new float[stage.y().length];
    }

    /**
     * Returns values near the layer's own. Behind a rectifier many are zero together, where the largest of several has no
     * derivative; a little apart they all have one.
     */
    private static float[] offKinks(float[] input, int count, KeyedRandom random) {
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (double) input[i] * input[i];
        }
        // Where all are zero, so is what they are compared by.
        double deviation = squares > 0 ? APART * Math.sqrt(squares / count) : APART;
        float[] apart = input.clone();
        for (int i = 0; i < count; i++) {
            apart[i] += (float) (deviation * random.nextGaussian());
        }
        return apart;
    }

    /**
     * Returns the gradient that is most wrong, if one is. Weights that are all zero put every unit at zero, where a
     * rectifier has a kink: they are moved off it for the while.
     */
    Optional<Wrong> worst() {
        List<float[]> zeros = parameters.stream()
                .filter(Parameter::regularized)
                .map(parameter -> parameter.variable().value())
                .filter(StageGradients::allZero)
                .toList();
        try {
            for (float[] values : zeros) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (APART * random.nextGaussian());
                }
            }
            return worstHere();
        } finally {
            zeros.forEach(values -> Arrays.fill(values, 0));
        }
    }

    private static boolean allZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private Optional<Wrong> worstHere() {
        double noise = noise();
        unit = unit();
        float[] dx = new float[x.length];
        stage.layer().backward(x, y, weights, dx, rows, pass);
        int inputs = rows * stage.input().size();
        Wrong worst = new Wrong(stage.name() + ".input", error(x, inputs, dx, noise));
        for (Parameter parameter : parameters) {
            float[] gradient = parameter.variable().gradient().clone();
            double error = error(parameter.variable().value(), parameter.size(), gradient, noise);
            if (error > worst.relativeError) {
                worst = new Wrong(parameter.name(), error);
            }
        }
        return worst.relativeError > THRESHOLD ? Optional.of(worst) : Optional.empty();
    }

    private double error(float[] values, int count, float[] gradient, double noise) {
        return error(new DirectionalDerivative(values, count, gradient, this::weighed, noise, unit), random);
    }

    /** Returns the relative error along the direction that shows the least. */
    static double error(DirectionalDerivative derivative, KeyedRandom random) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < DIRECTIONS && least > THRESHOLD; i++) {
            least = Math.min(least, derivative.relativeError(random, THRESHOLD));
        }
        return least;
    }

    private double weighed() {
        stage.layer().forward(x, y, rows, pass);
        double sum = 0;
        for (int i = 0; i < rows * stage.output().size(); i++) {
            sum += (double) y[i] * weights[i];
        }
        return sum;
    }

    /** Returns the root mean square of the outputs. */
    private double unit() {
        int count = rows * stage.output().size();
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (double) y[i] * y[i];
        }
        return squares > 0 ? Math.sqrt(squares / count) : 1;
    }

    /** Computes the outputs, and returns by how much their weighed sum may be off: some units in the last place of each. */
    private double noise() {
        Arrays.fill(y, 0);
        weighed();
        double squares = 0;
        for (int i = 0; i < rows * stage.output().size(); i++) {
            squares += (double) y[i] * weights[i] * y[i] * weights[i];
        }
        return 4e-7 * Math.sqrt(squares);
    }
}
