/**
 * Preprocessing fitted on the training split alone, and augmentation.
 *
 * <p>Statistics are accumulated in double precision, row after row, in two passes; variances are biased (divided by the
 * number of rows). What is learned lies in buffers, so it is saved with the network and works without fitting again.
 * Rows are independent of each other and are spread over the engine's workers in tiles that depend on their shape alone.
 */
package dev.nurture.plugins.preprocessing;
