package dev.nurture.lecture.page;

import java.util.List;

/**
 * A part of the lecture.
 *
 * @param name its folder's name
 * @param markdown its text; a line {@code ![caption](pictures/NAME.svg)} is where a picture goes
 */
public record PartView(String name, String title, String markdown, List<ClaimView> claims, List<FigureView> figures) {
    public PartView {
        claims = List.copyOf(claims);
        figures = List.copyOf(figures);
    }
}
