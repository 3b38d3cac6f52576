package dev.nurture.train;

/**
 * How well a network does on some rows.
 *
 * @param loss the mean, without any penalty on weights
 * @param accuracy the share of rows whose largest output is the label's; NaN for regression
 */
public record Evaluation(double loss, double accuracy) {}
