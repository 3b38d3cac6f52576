package dev.nurture.lecture.page;

/**
 * A claim and what became of it. Texts that there are not are empty.
 *
 * @param name within its part
 * @param row of the table of the lecture's printed numbers
 * @param published as printed
 * @param seconds that its runs took; NaN where they were not made
 * @param why it is not green
 */
public record ClaimView(
        String name,
        String row,
        String claim,
        String published,
        String measured,
        Answer verdict,
        double seconds,
        String why) {}
