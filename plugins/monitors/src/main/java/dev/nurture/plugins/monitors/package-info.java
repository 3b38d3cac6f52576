/**
 * The built-in monitors, one a fault. Each asks for evidence that lasts over several looks, so that what a thousand looks
 * show by chance raises no alarm, and judges by the run's own history. Thresholds come from the literature that each names,
 * and were held against the healthy runs of the bench of faults, seeds 1 and 2, which raise no alarm.
 */
package dev.nurture.plugins.monitors;
