package dev.nurture.lecture;

import dev.nurture.config.Value;

/**
 * A picture of a part.
 *
 * @param settings all that the file says of it
 * @param path where it says so
 */
public record FigurePlan(String name, String type, String caption, Value.Mapping settings, String path) {}
