package dev.nurture.monitoring;

/** A number that one thread writes and any reads. */
final class Cell {
    private volatile double value;

    Cell(double value) {
        this.value = value;
    }

    void set(double next) {
        value = next;
    }

    double get() {
        return value;
    }
}
