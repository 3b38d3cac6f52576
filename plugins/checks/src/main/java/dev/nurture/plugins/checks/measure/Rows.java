package dev.nurture.plugins.checks.measure;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import java.util.Arrays;

/** Picks rows of an experiment. */
public final class Rows {
    private Rows() {}

    /** Returns the first rows, at most so many; they are in a random order already. */
    public static Dataset first(Dataset rows, int most) {
        return range(rows, 0, Math.min(most, rows.rows()));
    }

    /** Returns the rows in [from, to). */
    public static Dataset range(Dataset rows, int from, int to) {
        int[] some = new int[to - from];
        Arrays.setAll(some, i -> from + i);
        return rows.select(some);
    }

    /** Returns the training batch of a step, from 0, as the plan has it. */
    public static Dataset batch(Bench bench, int step) {
        int size = bench.plan().batchSize();
        int perEpoch = perEpoch(bench);
        int[] order = bench.order(step / perEpoch + 1);
        int from = step % perEpoch * size;
        return bench.train().select(Arrays.copyOfRange(order, from, Math.min(from + size, order.length)));
    }

    /** Returns how many batches an epoch has. */
    public static int perEpoch(Bench bench) {
        int size = bench.plan().batchSize();
        return (bench.train().rows() + size - 1) / size;
    }

    /** Returns the share of the most frequent class. */
    public static double majority(Dataset rows) {
        int[] counts = new int[rows.width()];
        for (int label : rows.labels()) {
            counts[label]++;
        }
        return (double) Arrays.stream(counts).max().orElse(0) / rows.rows();
    }
}
