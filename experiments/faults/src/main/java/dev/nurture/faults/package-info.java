/** Injects faults into experiments, runs them as a user would, and counts what is found. */
package dev.nurture.faults;
