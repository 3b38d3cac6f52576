package dev.nurture.train;

/** Watches one metric, remembers where it was best, and says when it has not improved for too long. */
public final class EarlyStopping {
    private final boolean maximize;
    private final int patience;
    private double best;
    private int bestEpoch;

    /**
     * Starts from what was the best so far.
     *
     * @param maximize whether more is better
     * @param patience epochs without improvement before it says stop; {@code Integer.MAX_VALUE} never says it
     * @param best NaN for none
     * @param bestEpoch 0 for none
     */
    public EarlyStopping(boolean maximize, int patience, double best, int bestEpoch) {
        this.maximize = maximize;
        this.patience = patience;
        this.best = best;
        this.bestEpoch = bestEpoch;
    }

    /** Takes an epoch's value; returns whether it is the best so far. NaN never is. */
    public boolean improved(int epoch, double value) {
        if (Double.isNaN(value) || (bestEpoch > 0 && !(maximize ? value > best : value < best))) {
            return false;
        }
        best = value;
        bestEpoch = epoch;
        return true;
    }

    /** Tells whether the patience is used up after an epoch. */
    public boolean stop(int epoch) {
        return epoch - bestEpoch >= patience;
    }

    /** Returns the epoch of the best value, from 1; 0 before the first. */
    public int bestEpoch() {
        return bestEpoch;
    }

    public double best() {
        return best;
    }
}
