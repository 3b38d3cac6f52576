package dev.nurture.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * How values are spread.
 *
 * @param from the least value
 * @param to the greatest
 * @param counts of values by bins of equal width
 */
record Histogram(float from, float to, int[] counts) {
    private static final int BINS = 40;

    /** Of more values some are left out, evenly. */
    private static final int MOST = 100_000;

    /** Returns the histogram of the first so many values; those that are not finite are left out. */
    static Histogram of(float[] values, int count) {
        int stride = Math.max(1, count / MOST);
        float from = Float.POSITIVE_INFINITY;
        float to = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i += stride) {
            if (Float.isFinite(values[i])) {
                from = Math.min(from, values[i]);
                to = Math.max(to, values[i]);
            }
        }
        int[] counts = new int[BINS];
        if (from > to) {
            return new Histogram(0, 0, counts);
        }
        double width = ((double) to - from) / BINS;
        for (int i = 0; i < count; i += stride) {
            if (Float.isFinite(values[i])) {
                int bin = width == 0 ? BINS / 2 : (int) ((values[i] - from) / width);
                counts[Math.min(BINS - 1, bin)]++;
            }
        }
        return new Histogram(from, to, counts);
    }

    JsonObject json(String name) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("from", from);
        json.addProperty("to", to);
        JsonArray bins = new JsonArray();
        for (int count : counts) {
            bins.add(count);
        }
        json.add("counts", bins);
        return json;
    }
}
