/** Normalizations: by batch, layer, group or instance, each with a learned scale and shift. */
package dev.nurture.plugins.normalizations;
