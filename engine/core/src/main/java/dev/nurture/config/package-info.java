/**
 * Experiment definitions: reading YAML, JSON, properties and XML, laying {@code extends} and command-line overrides over
 * one another, checking against the parts on offer, and writing the resolved definition. All problems are found before
 * anything is refused, each with its file, line and path.
 */
package dev.nurture.config;
