package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Holds a gradient against centred differences of its function, along random directions.
 *
 * <p>A difference is disturbed by rounding when the step is short and by curvature and kinks when it is long, so several
 * lengths are tried and the least error counts: that of a wrong gradient is there at every length.
 */
public final class DirectionalDerivative {
    /** Lengths of a step, as shares of the norm of the values; first those that most often tell. */
    private static final double[] STEPS = {1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-3, 1e-2, 3e-2};

    private final float[] values;
    private final int count;
    private final float[] gradient;
    private final DoubleSupplier function;
    private final double noise;
    private final double unit;

    /**
     * Takes a gradient to be judged. Nothing is copied but during {@link #relativeError}.
     *
     * @param values where the gradient was taken; moved while an error is measured, then put back bit by bit
     * @param count of them that matter
     * @param gradient with respect to the values
     * @param function computes the function's value from what stands in {@code values}
     * @param noise by which the function's value may be off through rounding
     * @param unit a usual size of a value, for values that are all zero, such as biases to begin with
     */
    public DirectionalDerivative(
            float[] values, int count, float[] gradient, DoubleSupplier function, double noise, double unit) {
        this.values = values;
        this.count = count;
        this.gradient = gradient;
        this.function = function;
        this.noise = noise;
        this.unit = unit;
    }

    /**
     * Returns the relative error along one direction; 0 when at no step the difference stands out from the rounding, so that
     * nothing can be told. The direction is the gradient, each
     * value weighed at random, for a difference that stands out from the rounding, and noise as long, for values whose
     * gradient is wrongly zero.
     *
     * @param enough an error that is small enough to look no further
     */
    public double relativeError(KeyedRandom random, double enough) {
        double gradientNorm = norm(gradient);
        double valueNorm = norm(values);
        double length = valueNorm > 0 ? valueNorm : unit * Math.sqrt(count);
        double[] direction = new double[count];
        for (int i = 0; i < count; i++) {
            direction[i] = random.nextGaussian() / Math.sqrt(count);
            if (gradientNorm > 0) {
                direction[i] += 2 * random.nextDouble() * gradient[i] / gradientNorm;
            }
        }
        float[] before = Arrays.copyOf(values, count);
        double least = Double.POSITIVE_INFINITY;
        boolean told = false;
        try {
            for (double step : STEPS) {
                Difference difference = difference(before, direction, step * length);
                if (difference.isNaN()) {
                    // No other length makes that good.
                    return Double.POSITIVE_INFINITY;
                }
                if (difference.size() * enough >= 2 * noise && difference.size() > 0) {
                    told = true;
                    least = Math.min(least, difference.relativeError());
                    if (least <= enough) {
                        break;
                    }
                }
            }
        } finally {
            System.arraycopy(before, 0, values, 0, count);
        }
        return told ? least : 0;
    }

    /** By how much the function changes over a step, as it does and as the gradient says. */
    private record Difference(double numeric, double analytic) {
        boolean isNaN() {
            return Double.isNaN(numeric - analytic);
        }

        double size() {
            return Math.max(Math.abs(numeric), Math.abs(analytic));
        }

        double relativeError() {
            return Math.abs(numeric - analytic) / size();
        }
    }

    private Difference difference(float[] before, double[] direction, double step) {
        double analytic = 0;
        for (int i = 0; i < count; i++) {
            // The step as it comes out in float, not as it is meant.
            float above = (float) (before[i] + step * direction[i]);
            float below = (float) (before[i] - step * direction[i]);
            analytic += gradient[i] * ((double) above - below);
            values[i] = above;
        }
        double numeric = function.getAsDouble();
        for (int i = 0; i < count; i++) {
            values[i] = (float) (before[i] - step * direction[i]);
        }
        numeric -= function.getAsDouble();
        return new Difference(numeric, analytic);
    }

    private double norm(float[] array) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (double) array[i] * array[i];
        }
        return Math.sqrt(sum);
    }
}
