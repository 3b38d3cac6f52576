/**
 * Learning-rate schedules: the factor by which the learning rate is multiplied at a step.
 *
 * <p>Each is a pure function of how far training has come, stateless and usable from any thread. In the formulas {@code
 * s} is the number of steps finished, from 0; {@code T} that of the whole training; {@code e = s / (steps an epoch)} the
 * number of epochs finished, with its fraction. Transcendental functions are {@link StrictMath}'s, so that a schedule has
 * the same bits on every JDK. No schedule is zero at a step that is taken, unless its own parameters say so.
 */
package dev.nurture.plugins.schedules;
