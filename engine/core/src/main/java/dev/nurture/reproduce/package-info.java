/** Trains a run again from its record, and compares bit for bit what comes of it. */
package dev.nurture.reproduce;
