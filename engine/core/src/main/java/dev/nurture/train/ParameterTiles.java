package dev.nurture.train;

import dev.nurture.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Trained tensors cut into pieces of a fixed size, tensor by tensor, whatever the number of workers: sums of tiles are added in
 * their order. Immutable.
 */
final class ParameterTiles {
    /** Values a tile; with gradient and two slots half a megabyte, about a second-level cache's share. */
    private static final int SIZE = 32_768;

    private final int[] parameter;
    private final int[] from;
    private final int[] to;

    ParameterTiles(List<Parameter> parameters) {
        List<int[]> tiles = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            int size = parameters.get(i).size();
            for (int start = 0; start < size; start += SIZE) {
                tiles.add(new int[] {i, start, Math.min(size, start + SIZE)});
            }
        }
        parameter = tiles.stream().mapToInt(tile -> tile[0]).toArray();
        from = tiles.stream().mapToInt(tile -> tile[1]).toArray();
        to = tiles.stream().mapToInt(tile -> tile[2]).toArray();
    }

    int count() {
        return parameter.length;
    }

    /** Returns the index of the tensor that a tile is of. */
    int parameter(int tile) {
        return parameter[tile];
    }

    /** Returns the first value of a tile. */
    int from(int tile) {
        return from[tile];
    }

    /** Returns the end of a tile, which does not belong to it. */
    int to(int tile) {
        return to[tile];
    }
}
