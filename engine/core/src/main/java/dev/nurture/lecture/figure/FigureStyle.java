package dev.nurture.lecture.figure;

import dev.nurture.report.PageParts;

/** The style that all pictures have within them, so that each is one file; a page that holds several needs it once. */
public final class FigureStyle {
    private static final String CSS = "\n" + PageParts.resource(FigureStyle.class, "figure.css");

    /** As it stands in each picture. */
    static final String ELEMENT = "\n<style>" + CSS + "</style>";

    private FigureStyle() {}

    /** Returns the style sheet; all it says is about elements within one of class {@code nf}. */
    public static String css() {
        return CSS;
    }

    /** Returns a picture without its style. */
    public static String removedFrom(String svg) {
        return svg.replace(ELEMENT, "");
    }
}
