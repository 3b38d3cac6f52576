package dev.nurture.train;

import dev.nurture.spi.Rehearsal;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lends copies of an experiment before its first step; those given back are put in order and lent again. Used by one thread. */
public final class Rehearsals {
    private final Experiment experiment;
    private final Deque<ExperimentCopy> idle = new ArrayDeque<>();

    public Rehearsals(Experiment experiment) {
        this.experiment = experiment;
    }

    /** Returns a copy as it stands before its first step; whoever takes it closes it, and does not touch it then. */
    public Rehearsal take() {
        ExperimentCopy copy = idle.poll();
        return copy != null ? copy : experiment.copy(this::takeBack);
    }

    private void takeBack(ExperimentCopy copy) {
        copy.reset();
        idle.push(copy);
    }
}
