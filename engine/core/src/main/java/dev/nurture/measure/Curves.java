package dev.nurture.measure;

import dev.nurture.config.CurveShape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names the shape of a training's curves as the lecture does (CS231n lecture 6, babysitting; notes, neural networks 3). All
 * thresholds are relative to the first loss and to the fall of this very curve. An epoch is a point.
 */
final class Curves {
    /** Fewer points have no shape. */
    private static final int FEWEST = 5;

    /** The loss has grown so far beyond the first that the steps are too large. */
    private static final double RISEN = 1.2;

    /** A start is flat while less than this share of the whole fall has come; bad if it takes so many of the epochs. */
    private static final double FLAT_FALL = 0.05;

    private static final double FLAT_EPOCHS = 0.2;

    /** FAULTS: gap of accuracy of a training that overfits. */
    private static final double GAP = 0.1;

    /** How far the validation loss has risen from its least, relatively, when a training overfits. */
    private static final double TURNED = 0.15;

    /** The share of the fall that comes in the second half: a line has a half, what settles has little. */
    private static final double STEADY = 0.25;

    /** A level that is not low, as a share of the first loss. */
    private static final double UNFITTED = 0.25;

    /** How much of the whole fall may come in the last third of a curve that has settled. */
    private static final double SETTLED = 0.05;

    /** From point to point the loss goes up and down by more than this share of its level. */
    private static final double RESTLESS = 0.02;

    private Curves() {}

    /**
     * Returns the shape of the curves; empty where they are too short to tell.
     *
     * @param initial loss before the first step
     * @param nonFinite whether training ended because something was not finite
     * @param trainAccuracy NaN where it is not measured; so the columns of validation
     */
    static Optional<CurveShape> shape(
            double initial,
            boolean nonFinite,
            double[] trainLoss,
            double[] trainAccuracy,
            double[] validationLoss,
            double[] validationAccuracy) {
        int n = trainLoss.length;
        double greatest = Arrays.stream(trainLoss).max().orElse(Double.NaN);
        if (nonFinite || greatest > RISEN * initial && trainLoss[n - 1] > initial) {
            return Optional.of(CurveShape.VERY_HIGH_LEARNING_RATE);
        }
        if (n < FEWEST || !(initial > 0)) {
            return Optional.empty();
        }
        if (greatest > RISEN * initial) {
            return Optional.of(CurveShape.HIGH_LEARNING_RATE);
        }
        double last = trainLoss[n - 1];
        double fall = initial - last;
        int flat = 0;
        while (flat < n && initial - trainLoss[flat] < FLAT_FALL * fall) {
            flat++;
        }
        double secondHalf = trainLoss[n / 2] - last;
        if (fall > UNFITTED * initial && flat >= FLAT_EPOCHS * n) {
            return Optional.of(CurveShape.BAD_INITIALIZATION);
        }
        if (last >= UNFITTED * initial && restless(trainLoss)) {
            return Optional.of(CurveShape.HIGH_LEARNING_RATE);
        }
        if (overfits(trainLoss, trainAccuracy, validationLoss, validationAccuracy)) {
            return Optional.of(CurveShape.OVERFITTING);
        }
        if (last < UNFITTED * initial) {
            return Optional.of(CurveShape.GOOD);
        }
        if (secondHalf > STEADY * fall) {
            return Optional.of(CurveShape.LOW_LEARNING_RATE);
        }
        boolean settled = trainLoss[n - 1 - n / 3] - last < SETTLED * fall;
        return Optional.of(settled ? CurveShape.UNDERFITTING : CurveShape.GOOD);
    }

    private static boolean overfits(
            double[] trainLoss, double[] trainAccuracy, double[] validationLoss, double[] validationAccuracy) {
        int last = trainLoss.length - 1;
        double gap = trainAccuracy[last] - validationAccuracy[last];
        int turn = 0;
        for (int i = 0; i <= last; i++) {
            turn = validationLoss[i] < validationLoss[turn] ? i : turn;
        }
        boolean turned =
                validationLoss[last] > (1 + TURNED) * validationLoss[turn] && trainLoss[last] < trainLoss[turn];
        return gap > GAP || turned && (Double.isNaN(gap) || gap > GAP / 2);
    }

    /** Tells whether the loss of the second half goes up and down rather than down. */
    private static boolean restless(double[] loss) {
        int from = loss.length / 2;
        double moved = 0;
        double level = 0;
        int ups = 0;
        for (int i = from + 1; i < loss.length; i++) {
            moved += Math.abs(loss[i] - loss[i - 1]);
            level += loss[i];
            ups += loss[i] > loss[i - 1] ? 1 : 0;
        }
        int count = loss.length - 1 - from;
        return moved > RESTLESS * level && ups >= count / 4.0;
    }
}
