package dev.nurture.train;

/** How far training has come, written by the training thread at each step and read by anyone. */
public final class TrainingProgress {
    private volatile int epoch;
    private final int epochs;
    private final long stepsPerEpoch;
    private volatile long step;
    private volatile double loss = Double.NaN;

    TrainingProgress(int epochs, long stepsPerEpoch, long step) {
        this.epochs = epochs;
        this.stepsPerEpoch = stepsPerEpoch;
        this.step = step;
    }

    void epoch(int epoch) {
        this.epoch = epoch;
    }

    void stepped(long step, double loss) {
        this.loss = loss;
        this.step = step;
    }

    /** Returns the number of the epoch under way, from 1; 0 before any is begun or taken up again. */
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

    /** Returns how many steps there are to be. */
    public long totalSteps() {
        return epochs * stepsPerEpoch;
    }

    /** Returns how many steps are done. */
    public long step() {
        return step;
    }

    /** Returns the loss of the last batch, NaN before one was trained on. */
    public double loss() {
        return loss;
    }
}
