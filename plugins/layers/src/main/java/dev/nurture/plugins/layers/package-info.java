/**
 * Dense and convolutional layers, pooling, flattening, dropout and residual blocks, and the layers that stand for a lone
 * activation or normalization.
 */
package dev.nurture.plugins.layers;
