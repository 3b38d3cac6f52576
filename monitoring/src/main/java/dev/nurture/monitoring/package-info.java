/**
 * Shows runs while they go on: metrics for Prometheus, and the run's page in a browser. What the training thread says goes
 * into holders made beforehand; servers read them on threads of their own.
 */
package dev.nurture.monitoring;
