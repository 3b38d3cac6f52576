package dev.nurture.plugins.monitors;

/** The loss of batches, smoothed, over the last steps: means of a fixed number of equal parts of a window. */
final class Smoothed {
    private final double[] window;
    private long count;

    /** @param steps that are remembered */
    Smoothed(int steps) {
        window = new double[steps];
    }

    void add(double loss) {
        window[(int) (count++ % window.length)] = loss;
    }

    boolean full() {
        return count >= window.length;
    }

    long count() {
        return count;
    }

    /**
     * Returns the mean of a part of the window, the oldest being part 0.
     *
     * @param parts into how many it is cut
     */
    double part(int part, int parts) {
        int from = (int) ((long) part * window.length / parts);
        int to = (int) ((long) (part + 1) * window.length / parts);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += at(i);
        }
        return sum / (to - from);
    }

    /** Returns a loss of the window, the oldest being 0. */
    double at(int i) {
        return window[(int) ((count + i) % window.length)];
    }
}
