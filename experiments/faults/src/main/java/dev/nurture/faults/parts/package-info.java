/** Parts that are wrong, each in one way, as a plugin of its own; for the fault bench alone. */
package dev.nurture.faults.parts;
