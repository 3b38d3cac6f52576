package dev.nurture.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the course of a training looks like, by its curves of loss and accuracy (CS231n lecture 6, babysitting). */
public enum CurveShape {
    /** The loss falls fast, then slower and slower. */
    GOOD,
    /** The loss falls as if along a line, and is still falling at the end. */
    LOW_LEARNING_RATE,
    /** The loss falls fast at first and then goes up and down at a level that is not low. */
    HIGH_LEARNING_RATE,
    /** The loss rises. */
    VERY_HIGH_LEARNING_RATE,
    /** The loss stands still for a while and then falls. */
    BAD_INITIALIZATION,
    /** Training rows are answered better and better, others are not. */
    OVERFITTING,
    /** The loss has settled at a level that is not low, for training rows and others alike. */
    UNDERFITTING;

    /** Returns its name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Stream.of(values()).map(CurveShape::label).toList();
    }
}
