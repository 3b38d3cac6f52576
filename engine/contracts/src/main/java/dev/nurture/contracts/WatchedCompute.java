package dev.nurture.contracts;

import dev.nurture.spi.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs tiles one after the other and looks after each what it wrote: nothing that another tile of the same run writes, and
 * no other worker's scratch memory. So a race is found whether or not threads would meet in it.
 */
final class WatchedCompute extends PlainCompute {
    /** Tiles of a run that are looked after. */
    private static final int MOST = 32;

    private final List<Region> shared = new ArrayList<>();
    private final List<float[][]> perWorker;
    private boolean running;

    /** An array that all tiles see. */
    private static final class Region {
        private final String name;
        private final float[] values;
        private final float[] before;
        private final int[] writer;

        Region(String name, float[] values) {
            this.name = name;
            this.values = values;
            before = values.clone();
            writer = new int[values.length];
        }

        void begin() {
            System.arraycopy(values, 0, before, 0, values.length);
            Arrays.fill(writer, -1);
        }

        void look(int tile) {
            for (int i = 0; i < values.length; i++) {
                if (Floats.same(values[i], before[i])) {
                    continue;
                }
                if (writer[i] >= 0) {
                    throw new Violation(
                            "two tiles of one run write " + name + "[" + i + "], which workers may do at once",
                            "tiles " + writer[i] + " and " + tile,
                            "one");
                }
                writer[i] = tile;
                before[i] = values[i];
            }
        }
    }

    /** @param arrays what tiles see beside the scratch memory, by name */
    WatchedCompute(TestVariables variables, Map<String, float[]> arrays) {
        super(variables.workers());
        arrays.forEach((name, values) -> shared.add(new Region(name, values)));
        variables.shared().forEach(values -> shared.add(new Region("shared scratch memory ", values)));
        perWorker = variables.perWorker();
    }

    @Override
    public void run(int tiles, Tile tile) {
        if (running) {
            throw new Violation("a tile calls Compute.run", "a run within a run", "none");
        }
        running = true;
        try {
            shared.forEach(Region::begin);
            for (int i = tiles - 1; i >= 0; i--) {
                int worker = worker(i);
                if (tiles - i > MOST) {
                    tile.run(i, worker);
                    continue;
                }
                List<float[][]> before =
                        perWorker.stream().map(WatchedCompute::copy).toList();
                tile.run(i, worker);
                requireOwn(before, i, worker);
                for (Region region : shared) {
                    region.look(i);
                }
            }
        } finally {
            running = false;
        }
    }

    private static float[][] copy(float[][] rows) {
        return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    }

    private void requireOwn(List<float[][]> before, int tile, int worker) {
        for (int i = 0; i < before.size(); i++) {
            for (int other = 0; other < workers(); other++) {
                float[] now = perWorker.get(i)[other];
                if (other != worker && Floats.difference(now, before.get(i)[other], 0, now.length) >= 0) {
                    throw new Violation(
                            "tile " + tile + " writes scratch memory of another worker", other, "its own, " + worker);
                }
            }
        }
    }
}
