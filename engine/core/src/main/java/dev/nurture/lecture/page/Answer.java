package dev.nurture.lecture.page;

/** How a claim came out. */
public enum Answer {
    GREEN("green", "pass", "M3 8.5l3.2 3.2L13 5"),
    RED("red", "fail", "M4 4l8 8M12 4l-8 8"),
    NO_DATA("no data", "warn", "M8 3v6M8 12v1");

    private final String label;
    private final String badge;
    private final String mark;

    Answer(String label, String badge, String mark) {
        this.label = label;
        this.badge = badge;
        this.mark = mark;
    }

    /** Returns the word for it. */
    public String label() {
        return label;
    }

    /** Returns the class that gives it its colours. */
    String badge() {
        return badge;
    }

    /** Returns the word with a mark, as HTML. */
    String html() {
        return "<span class=\"badge " + badge
                + "\"><svg viewBox=\"0 0 16 16\" class=\"mark\" aria-hidden=\"true\"><path d=\"" + mark + "\"/></svg>"
                + label + "</span>";
    }
}
