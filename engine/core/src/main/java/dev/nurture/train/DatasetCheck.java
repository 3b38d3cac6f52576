package dev.nurture.train;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;

/** Refuses rows that no network can learn from, whatever data source they came out of. */
final class DatasetCheck {
    private DatasetCheck() {}

    /**
     * Looks at every value and label.
     *
     * @throws IllegalArgumentException naming the first row at fault
     */
    static void check(DataSource.Splits splits) {
        check(splits.train(), "training");
        splits.test().ifPresent(test -> {
            check(test, "test");
            if (!test.shape().equals(splits.train().shape())) {
                throw new IllegalArgumentException("test rows are " + test.shape() + ", training rows "
                        + splits.train().shape());
            }
        });
    }

    private static void check(Dataset data, String split) {
        if (data.rows() == 0) {
            throw new IllegalArgumentException("the " + split + " set has no rows");
        }
        int size = data.shape().size();
        float[] x = data.x();
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(x[i])) {
                throw new IllegalArgumentException(
                        split + " row " + i / size + ", value " + i % size + " is " + x[i] + ", not a finite number");
            }
        }
        if (data.classification()) {
            for (int i = 0; i < data.labels().length; i++) {
                if (data.labels()[i] < 0 || data.labels()[i] >= data.width()) {
                    throw new IllegalArgumentException(split + " row " + i + " has label " + data.labels()[i]
                            + ", outside [0, " + data.width() + ")");
                }
            }
        } else {
            for (int i = 0; i < data.values().length; i++) {
                if (!Float.isFinite(data.values()[i])) {
                    throw new IllegalArgumentException(split + " row " + i / data.width() + " has target "
                            + data.values()[i] + ", not a finite number");
                }
            }
        }
    }
}
