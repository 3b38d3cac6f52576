package dev.nurture.spi;

import java.util.List;

/**
 * Looks at an experiment before it is trained, for faults of one kind. Stateless. Called once, on one thread; whatever it
 * does to a {@link Rehearsal}, the experiment itself stays exactly as it is.
 *
 * <p>A healthy experiment gives no finding: a check that alarms without need is switched off by its users.
 */
public interface SanityCheck {
    /** Returns what is wrong, the gravest first; empty when nothing is. The phase of a finding is the engine's to say. */
    List<Finding> look(Bench bench);
}
