package dev.nurture.spi;

/**
 * A piece of work whose bounds depend on the shape of the data alone, so that results are the same bits at any number
 * of workers.
 */
@FunctionalInterface
public interface Tile {
    /**
     * Does one tile; writes nothing that another tile reads or writes.
     *
     * @param tile its number, from 0
     * @param worker the number of the worker that does it; for choosing scratch memory, never for deciding what to
     *     compute
     */
    void run(int tile, int worker);

    /** Returns how many tiles of a size cover a number of items. */
    static int count(int items, int size) {
        return (items + size - 1) / size;
    }
}
