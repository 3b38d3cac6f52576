/** The course of a training: data in splits, mini-batches, the loop, the update, evaluation, and when to stop. */
package dev.nurture.train;
