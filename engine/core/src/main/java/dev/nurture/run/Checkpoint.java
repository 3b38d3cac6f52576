package dev.nurture.run;

import dev.nurture.spi.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a run needs to go on from a step, in memory. The order of metadata and tensors is the order in the file.
 *
 * @param step how many steps had been made, from 0
 * @param metadata strings by key; floating-point numbers as {@link HexBits}
 * @param tensors by name: weights, buffers, optimizer slots
 */
public record Checkpoint(long step, Map<String, String> metadata, Map<String, Tensor> tensors) {
    public Checkpoint {
        if (step < 0) {
            throw new IllegalArgumentException("a checkpoint's step is at least 0, not " + step);
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        for (String key : CheckpointHeader.RESERVED_METADATA) {
            if (metadata.containsKey(key)) {
                throw new IllegalArgumentException("the checkpoint itself writes the metadata '" + key + "'");
            }
        }
        for (String name : CheckpointHeader.RESERVED_NAMES) {
            if (tensors.containsKey(name)) {
                throw new IllegalArgumentException("a tensor cannot be called '" + name + "'");
            }
        }
    }

    /**
     * Returns an entry of the metadata.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String metadata(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the checkpoint's metadata have no '" + key + "'");
        }
        return value;
    }

    /**
     * Numbers with their shape. The array is shared, not copied: a network hands out its own weights and must not move
     * them while the checkpoint is written.
     *
     * @param values {@code shape.size()} of them, row-major
     */
    public record Tensor(Shape shape, float[] values) {
        public Tensor {
            if (values.length != shape.size()) {
                throw new IllegalArgumentException(values.length + " values for a shape of " + shape);
            }
        }
    }
}
