/**
 * The Grafana dashboards, written as code from which the JSON files of {@code monitoring/grafana/dashboards} are made, and
 * the tests of all that this module hands to Grafana and Prometheus.
 */
package dev.nurture.monitoring.dashboards;
