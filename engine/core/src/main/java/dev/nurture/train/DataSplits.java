package dev.nurture.train;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import java.util.Arrays;
import java.util.Optional;

/** The rows to train on, to choose by and to judge by. */
public record DataSplits(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
    /**
     * Shuffles the training rows, takes the first of them, and sets shares of these aside.
     *
     * @param limit how many training rows to take, or null for all
     * @param validation the share of them for validation, in [0, 1)
     * @param test the share of them for the test, in [0, 1), where the set has no test rows of its own
     * @throws IllegalArgumentException if no row is left to train on, or a share is so small that it has no row
     */
    public static DataSplits of(DataSource.Splits loaded, Integer limit, double validation, double test, long seed) {
        Dataset all = loaded.train();
        int[] order = permutation(all.rows(), KeyedRandom.key(seed, "split"));
        int rows = limit == null ? all.rows() : Math.min(limit, all.rows());
        int testRows = loaded.test().isPresent() ? 0 : share(rows, test, "test");
        int validationRows = share(rows, validation, "validation");
        int trainRows = rows - testRows - validationRows;
        if (trainRows < 1) {
            throw new IllegalArgumentException("of " + rows + " rows, " + validationRows + " for validation and "
                    + testRows + " for the test leave none to train on");
        }
        return new DataSplits(
                all.select(Arrays.copyOfRange(order, 0, trainRows)),
                optional(all, Arrays.copyOfRange(order, trainRows, trainRows + validationRows)),
                loaded.test().isPresent()
                        ? loaded.test()
                        : optional(all, Arrays.copyOfRange(order, trainRows + validationRows, rows)));
    }

    private static int share(int rows, double share, String name) {
        int count = (int) Math.round(rows * share);
        if (share > 0 && count == 0) {
            throw new IllegalArgumentException("a " + name + " share of " + share + " of " + rows + " rows is no row");
        }
        return count;
    }

    private static Optional<Dataset> optional(Dataset all, int[] rows) {
        return rows.length == 0 ? Optional.empty() : Optional.of(all.select(rows));
    }

    /** Returns a permutation of {@code 0 … size-1} that depends on the key alone (R. Fisher and F. Yates; D. Knuth). */
    static int[] permutation(int size, long key) {
        int[] order = new int[size];
        permute(order, new KeyedRandom(key));
        return order;
    }

    /** Overwrites an array with a permutation of its indexes. */
    static void permute(int[] order, KeyedRandom random) {
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }
}
