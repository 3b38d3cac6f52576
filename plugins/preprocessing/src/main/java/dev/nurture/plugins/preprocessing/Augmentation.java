package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/** A random change to each image of a batch, anew in every batch. Outside training it copies. */
final class Augmentation implements Preprocessor {
    private final String name;
    private final ImageTransform transform;
    private int size;
    private long stream;
    private RowTiles tiles;
    private boolean training;
    private long key;

    Augmentation(String name, ImageTransform transform) {
        this.name = name;
        this.transform = transform;
    }

    @Override
    public boolean augmentation() {
        return true;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException("'" + name
                    + "' works on images (channels×height×width), not on rows of shape " + input
                    + "; put it before what flattens them");
        }
        transform.build(input);
        size = input.size();
        stream = variables.stream();
        tiles = new RowTiles(input, this::row);
        return input;
    }

    @Override
    public void fit(Dataset train) {}

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        training = pass.training();
        key = pass.key(stream);
        tiles.run(x, y, batch, pass);
    }

    private void row(float[] x, float[] y, int from, int row, int worker) {
        if (training) {
            transform.run(x, y, from, key, row);
        } else {
            System.arraycopy(x, from, y, from, size);
        }
    }
}
