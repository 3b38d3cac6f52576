/**
 * What a run leaves on disk and how it gets there whole: the run directory and its lock, checkpoints, {@code run.json},
 * the logs and the findings. Every change of a file goes through {@link dev.nurture.run.Storage}; a file that others
 * read while it changes is replaced in one move.
 */
package dev.nurture.run;
