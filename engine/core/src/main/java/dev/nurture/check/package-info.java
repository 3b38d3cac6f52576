/** The check-up: what is looked at before training, and what is found wrong. Leaves an experiment exactly as it was. */
package dev.nurture.check;
