package dev.nurture.train;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Targets;

/** Cuts rows into batches, in an order that is computed from the epoch's key. One set of arrays serves every batch. */
final class MiniBatches {
    private final Dataset data;
    private final int batchSize;
    private final int[] order;
    private final KeyedRandom random = new KeyedRandom(0);
    private final float[] x;
    private final Targets targets;

    MiniBatches(Dataset data, int batchSize) {
        this.data = data;
        this.batchSize = batchSize;
        this.order = new int[data.rows()];
        this.x = new float[batchSize * data.shape().size()];
        this.targets = data.classification()
                ? Targets.classes(new int[batchSize])
                : Targets.values(new float[batchSize * data.width()]);
        inOrder();
    }

    /** Returns how many batches an epoch has; the last may be smaller. */
    int count() {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Puts the rows into the order of an epoch. */
    void shuffle(long key) {
        random.restart(key);
        DataSplits.permute(order, random);
    }

    private void inOrder() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** Gathers a batch and returns how many rows it has. */
    int gather(int batch) {
        int from = batch * batchSize;
        int rows = Math.min(batchSize, order.length - from);
        int size = data.shape().size();
        for (int i = 0; i < rows; i++) {
            int row = order[from + i];
            System.arraycopy(data.x(), row * size, x, i * size, size);
            if (data.classification()) {
                targets.labels()[i] = data.labels()[row];
            } else {
                System.arraycopy(data.values(), row * data.width(), targets.values(), i * data.width(), data.width());
            }
        }
        return rows;
    }

    float[] x() {
        return x;
    }

    Targets targets() {
        return targets;
    }
}
