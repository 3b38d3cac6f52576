package dev.nurture.lecture.page;

import java.util.List;

/** The claims of a part as a table in Markdown, which stands in the part's README between two comments. Stateless. */
public final class ClaimTable {
    private static final String BEGIN = "<!-- claims -->";
    private static final String END = "<!-- end -->";

    private ClaimTable() {}

    /** Returns the table; the same claims give the same text, however long their runs took. */
    public static String markdown(List<ClaimView> claims) {
        boolean rows = claims.stream().anyMatch(claim -> !claim.row().isEmpty());
        boolean published = claims.stream().anyMatch(claim -> !claim.published().isEmpty());
        StringBuilder table = new StringBuilder();
        table.append(rows ? "| row " : "").append("| claim ").append(published ? "| published " : "");
        table.append("| measured | verdict |\n");
        table.append(rows ? "|---" : "").append(published ? "|---" : "").append("|---|---|---|\n");
        for (ClaimView claim : claims) {
            table.append(rows ? "| " + cell(claim.row()) : "").append("| ").append(cell(claim.claim()));
            table.append(published ? "| " + cell(claim.published()) : "");
            table.append("| ")
                    .append(cell(claim.measured()))
                    .append("| ")
                    .append(claim.verdict().label());
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String cell(String text) {
        String escaped = text.replaceAll("\\s+", " ")
                .strip()
                .replaceAll("([\\\\|*`\\[\\]~])", "\\\\$1")
                .replace("<", "&lt;");
        return escaped.isEmpty() ? "" : escaped + " ";
    }

    /**
     * Returns a README with the table in its place.
     *
     * @throws IllegalArgumentException if it does not have the two comments, once each and in this order
     */
    public static String put(String readme, List<ClaimView> claims) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0 || readme.indexOf(BEGIN, begin + 1) >= 0 || readme.indexOf(END, end + 1) >= 0) {
            throw new IllegalArgumentException("the table of claims goes between the lines " + BEGIN + " and " + END
                    + ", which must stand once each");
        }
        return readme.substring(0, begin + BEGIN.length()) + "\n" + markdown(claims) + readme.substring(end);
    }

    /** Returns a README without the table. */
    static String removedFrom(String readme) {
        int begin = readme.indexOf(BEGIN);
        int end = begin < 0 ? -1 : readme.indexOf(END, begin);
        return end < 0 ? readme : readme.substring(0, begin) + readme.substring(end + END.length());
    }
}
