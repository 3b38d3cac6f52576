package dev.nurture.lecture.page;

/**
 * A picture of a part.
 *
 * @param name its file's name, without {@code .svg}
 * @param caption may be empty
 * @param svg as {@link dev.nurture.lecture.figure} draws it
 */
public record FigureView(String name, String caption, String svg) {}
