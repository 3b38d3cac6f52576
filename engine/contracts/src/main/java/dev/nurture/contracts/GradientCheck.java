package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares a layer's backward pass in training with centred differences of its forward pass, one tensor at a time. The
 * layer's output is weighed with random numbers and summed in double precision; what it draws has a fixed key.
 */
public final class GradientCheck {
    private static final int DIRECTIONS = 8;
    /** Single values of a tensor that are moved. */
    private static final int SINGLES = 12;
    /** The smaller the step, the fewer kinks it meets, and the more the rounding of the output shows. */
    private static final float[] STEPS = {0x1p-6f, 0x1p-8f, 0x1p-10f, 0x1p-12f};
    /** Part of a slope by which it may be off. */
    private static final double TOLERANCE = 3e-3;
    /** Half a unit in the last place of a float, relative; a few for sums. */
    private static final double ROUNDING = 2.4e-7;

    private final LayerTrial trial;
    private final Pass pass;

    /** Builds a layer on normal inputs, with variables that are what they start from and something drawn. */
    public GradientCheck(Layer layer, Shape input, int batch, long seed) {
        pass = TestPass.training(seed);
        trial = new LayerTrial(layer, input, batch, 0, 3, new KeyedRandom(seed));
    }

    /** Returns the input, for a test that wants to set it. */
    public float[] x() {
        return trial.x;
    }

    public TestVariables variables() {
        return trial.variables;
    }

    /** A tensor that the output depends on, and what backward says of it. */
    private record Tensor(float[] values, float[] gradient) {
        double norm() {
            double squares = 0;
            for (float slope : gradient) {
                squares += (double) slope * slope;
            }
            return Math.sqrt(squares);
        }
    }

    /**
     * A difference along a direction, over twice the step.
     *
     * @param analytic what the gradient says
     * @param jump slope to the one side less slope to the other; of a smooth function it halves with the step
     * @param noise what the rounding of the output may add
     */
    private record Slope(double numeric, double analytic, double jump, double noise) {}

    /** Runs the layer and returns {@code "x"} and its trained variables. */
    private Map<String, Tensor> tensors() {
        Map<String, float[]> results = trial.train(pass);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("x", new Tensor(trial.x, results.get("dx")));
        trial.variables
                .trained()
                .forEach((name, variable) ->
                        tensors.put(name, new Tensor(variable.value(), results.get(LayerTrial.gradientOf(name)))));
        return tensors;
    }

    /**
     * Returns for {@code "x"} and for each trained variable the greatest relative error over several directions.
     *
     * @param step of the difference; about 1e-2 suits smooth layers in float, 1e-3 those with kinks
     */
    public Map<String, Double> relativeErrors(float step) {
        KeyedRandom random = new KeyedRandom(4711);
        Map<String, Double> errors = new LinkedHashMap<>();
        tensors().forEach((name, tensor) -> {
            double worst = 0;
            for (int i = 0; i < DIRECTIONS; i++) {
                float[] direction = Floats.normal(tensor.values.length, 1, random);
                Slope slope = slope(tensor, direction, step * reach(direction));
                // Against the typical size of a directional derivative, so that a direction at right angles does not
                // alarm.
                double size = Math.max(Math.abs(slope.analytic), tensor.norm());
                worst = Math.max(worst, Math.abs(slope.numeric - slope.analytic) / Math.max(1e-12, size));
            }
            errors.put(name, worst);
        });
        return errors;
    }

    /** Returns a factor by which a step along a dense direction moves all values together no further than a few. */
    private static double reach(float[] direction) {
        return Math.min(1, 8 / Math.sqrt(direction.length));
    }

    /**
     * Requires that backward gives the slopes of forward, to 0.3 %: of single values, and along random directions. Where the
     * differences of two steps show a kink, a smaller step is taken, and at last the place passed over.
     *
     * @throws Violation if one is not, or if there are kinks nearly everywhere
     */
    void require() {
        KeyedRandom random = new KeyedRandom(4711);
        tensors().forEach((name, tensor) -> {
            String what = name.equals("x") ? "backward's dx" : LayerTrial.gradientOf(name);
            int size = tensor.values.length;
            int kinks = 0;
            int tried = Math.min(SINGLES, size);
            for (int i = 0; i < tried; i++) {
                int at = size <= SINGLES ? i : random.nextInt(size);
                float[] direction = new float[size];
                direction[at] = 1;
                double typical = tensor.norm() / Math.sqrt(size);
                String sentence = what + "[" + at + "] is not the slope of forward";
                kinks += agrees(tensor, direction, 1, typical, sentence) ? 0 : 1;
            }
            for (int i = 0; i < DIRECTIONS; i++) {
                float[] direction = Floats.normal(size, 1, random);
                String sentence = what + ", along a random direction, is not the slope of forward";
                kinks += agrees(tensor, direction, reach(direction), tensor.norm(), sentence) ? 0 : 1;
            }
            tried += DIRECTIONS;
            if (kinks > tried * 3 / 4) {
                throw new Violation(
                        "forward has kinks nearly everywhere, seen from " + what,
                        kinks + " of " + tried + " differences",
                        "a few");
            }
        });
    }

    /**
     * Tells whether backward agrees with differences along a direction; not, if all of them meet a kink. Several
     * kinks can hide behind each other, but what they add differs from step to step, as an error of backward does not: so
     * one step at which both agree is enough.
     *
     * @param reach factor of the steps
     * @param typical size of such a slope
     */
    private boolean agrees(Tensor tensor, float[] direction, double reach, double typical, String sentence) {
        Violation disagreement = null;
        for (float step : STEPS) {
            Slope wide = slope(tensor, direction, step * reach);
            Slope narrow = slope(tensor, direction, step / 2 * reach);
            double size = Math.max(Math.abs(narrow.numeric), Math.abs(narrow.analytic));
            double noise = 2 * narrow.noise;
            double judged = TOLERANCE * Math.max(size, 0.1 * typical);
            if (disagreement != null && noise > judged) {
                // So short a step would excuse anything.
                break;
            }
            double bend = Math.abs(wide.numeric - narrow.numeric);
            // A kink so near that both steps pass it by moves both differences alike, but shows here.
            double kink = Math.abs(narrow.jump - wide.jump / 2);
            if (Math.max(bend, kink) > judged + 2 * noise) {
                continue;
            }
            double numeric = (4 * narrow.numeric - wide.numeric) / 3;
            double allowed = TOLERANCE * size + (bend + kink) / 2 + noise + 3e-4 * typical;
            if (Math.abs(numeric - narrow.analytic) <= allowed) {
                return true;
            }
            disagreement = new Violation(sentence, (float) narrow.analytic, (float) numeric);
        }
        if (disagreement != null) {
            throw disagreement;
        }
        return false;
    }

    private Slope slope(Tensor tensor, float[] direction, double step) {
        float[] values = tensor.values;
        float[] saved = values.clone();
        float[] minus = new float[values.length];
        double analytic = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (saved[i] + step * direction[i]);
            minus[i] = (float) (saved[i] - step * direction[i]);
            // The step as it came out in float, not as it was meant.
            analytic += tensor.gradient[i] * ((double) values[i] - minus[i]);
        }
        float[] above = output();
        System.arraycopy(minus, 0, values, 0, values.length);
        float[] below = output();
        System.arraycopy(saved, 0, values, 0, values.length);
        float[] middle = output();
        double numeric = 0;
        double jump = 0;
        double noise = 0;
        for (int i = 0; i < above.length; i++) {
            numeric += ((double) above[i] - below[i]) * trial.dy[i];
            jump += ((double) above[i] - middle[i] + below[i] - middle[i]) * trial.dy[i];
            if (above[i] != below[i]) {
                double rounding = ROUNDING * Math.max(Math.abs(above[i]), Math.abs(below[i])) * trial.dy[i];
                noise += rounding * rounding;
            }
        }
        double twice = 2 * step;
        return new Slope(numeric / twice, analytic / twice, jump / step, Math.sqrt(noise) / twice);
    }

    private float[] output() {
        Arrays.fill(trial.y, Floats.POISON);
        trial.forward(pass);
        return Arrays.copyOf(trial.y, trial.outputs());
    }
}
