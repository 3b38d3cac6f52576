/**
 * The built-in checks: of the rows in {@code data}, of the network at its first weights in {@code network}, and those that
 * train a little in {@code training}. All are stateless, judge by theory or by ratios, and count work by the shapes of the
 * network, so that the same experiment has the same findings at every start.
 */
package dev.nurture.plugins.checks;
