package dev.nurture.reproduce;

/**
 * Where a run that was trained again is not the same.
 *
 * @param epoch in which it shows, from 1; 0 where it shows in what the whole run came to
 * @param where the row, the checkpoint or the metric
 * @param what differs there: a column, a tensor, an entry of the metadata; null where there is nothing to compare
 * @param was in the run
 * @param is in the one that was trained again
 */
public record Difference(int epoch, String where, String what, String was, String is) {
    /** Returns it as a sentence. */
    public String sentence() {
        return where + ": " + (what == null ? "" : what + " ") + "was " + was + ", is " + is;
    }
}
