/**
 * Shows runs while they go on: metrics for Prometheus, scraped or pushed, the run's page in a browser, and event files for
 * TensorBoard. What the training thread says goes into holders made beforehand; servers read them on threads of their own,
 * and what is pushed waits in a queue that never keeps it waiting.
 */
package dev.nurture.monitoring;
