/**
 * The built-in data sets: digits embedded in this jar, points generated from the experiment's seed, public sets that are
 * fetched once, and strict readers of the user's own IDX, CIFAR and CSV files.
 *
 * <p>The readers check magic numbers, counts and lengths before they reserve memory for what a header promises; what does
 * not hold is a {@link dev.nurture.plugins.data.DataFormatException} that names the file and the byte or line.
 */
package dev.nurture.plugins.data;
