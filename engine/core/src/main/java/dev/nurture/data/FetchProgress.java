package dev.nurture.data;

/** Is told how a fetch gets on, on the thread that fetches, after every few kilobytes. */
@FunctionalInterface
public interface FetchProgress {
    /** Listens to nothing. */
    FetchProgress NONE = (name, bytes, total) -> {};

    /**
     * Some bytes more have arrived.
     *
     * @param name of the file, or of the archive that holds it
     * @param bytes so far, those of an earlier, interrupted fetch included
     * @param total that there will be, or -1 while nobody knows
     */
    void advanced(String name, long bytes, long total);
}
