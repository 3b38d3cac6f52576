package dev.nurture.train;

/** How far training has come, written by the training thread at each step and read by anyone. */
public final class TrainingProgress {
    private volatile int epoch;
    private volatile int epochs;
    private volatile long stepsPerEpoch;
    private volatile long step;
    private volatile double loss = Double.NaN;

    void begin(int epochs, long stepsPerEpoch) {
        this.epochs = epochs;
        this.stepsPerEpoch = stepsPerEpoch;
    }

    void epoch(int epoch) {
        this.epoch = epoch;
    }

    void stepped(long step, double loss) {
        this.loss = loss;
        this.step = step;
    }

    /** Returns the number of the epoch under way, from 1; 0 before the first. */
    public int epoch() {
        return epoch;
    }

    /** Returns how many epochs there are to be. */
    public int epochs() {
        return epochs;
    }

    public long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** Returns how many steps are done. */
    public long step() {
        return step;
    }

    /** Returns the loss of the last batch, NaN before the first. */
    public double loss() {
        return loss;
    }
}
