package dev.nurture.lecture.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.lecture.figure.Bars;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LecturePageTest {
    private static final String MARKUP = "<script>alert(1)</script> & \"quoted\" {{main}} $1 \\";

    private static final String SVG = new Bars("test_accuracy", Set.of()).draw("Bars", Map.of("one", 0.5));

    private static ClaimView claim(String name, Answer verdict, String why) {
        return new ClaimView(name, "1", "the claim of " + name, ".2131", "0.2134", verdict, 1.25, why);
    }

    private static PartView part(String markdown) {
        return new PartView(
                "initialization",
                "Weight initialization",
                markdown,
                List.of(claim("small", Answer.GREEN, ""), claim("unit", Answer.RED, "0.9 is not above 1")),
                List.of(new FigureView("layers", "Of the list", SVG), new FigureView("left", "Left over", SVG)));
    }

    private static String page(String markdown) {
        return LecturePage.of(new LecturePage.Page("The lecture", List.of(part(markdown))));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void everyClaimStandsInTheSummaryAndInItsPart() {
        String page = page("Text");
        for (String name : List.of("small", "unit")) {
            assertThat(count(page, "the claim of " + name)).isEqualTo(2);
        }
        assertThat(count(page, "0.9 is not above 1")).isEqualTo(1);
        assertThat(page).contains("<dd>1<small> of 2</small></dd>", "<dd>2.5 s</dd>");
        assertThat(page.indexOf("All claims</h2>")).isLessThan(page.indexOf("Weight initialization</h2>"));
    }

    @Test
    void aPictureStandsWhereTheTextNamesItAndTheOthersAtTheEnd() {
        String page = page("Before it\n![Named *here*](pictures/layers.svg)\nafter it.\n\nThe last paragraph.");
        assertThat(page)
                .containsSubsequence(
                        "<p>Before it</p>",
                        "<figure class=\"picture\"><svg",
                        "<figcaption>Named here</figcaption>",
                        "<p>after it.</p>",
                        "The last paragraph.",
                        "Claims</h3>",
                        "<figcaption>Left over</figcaption>");
        assertThat(page).doesNotContain("Of the list");
        assertThat(count(page, "<figure class=\"picture\">")).isEqualTo(2);
    }

    @Test
    void commentsAreNotShownAndOtherMarkupIsAsItIsWritten() {
        assertThat(page("<!-- a remark -->\n\nText <!-- another --> with <b>markup</b>."))
                .contains("<p>Text  with &lt;b&gt;markup&lt;/b&gt;.</p>")
                .doesNotContain("remark", "another");
    }

    @Test
    void aPictureThatWasNotDrawnIsSaidToBeMissing() {
        assertThat(page("![The sweep](pictures/sweep.svg)"))
                .contains("<p class=\"note\">The sweep: not drawn, because runs that it shows were not made.</p>");
    }

    @Test
    void theTitleOfTheTextAndTheTableOfClaimsAreNotThereTwice() {
        String readme = ClaimTable.put(
                "# Weight initialization\n\nWhy.\n\n<!-- claims -->\n<!-- end -->\n\n## What to change\n\nThat.\n",
                part("").claims());
        assertThat(readme).contains("| 1 | the claim of small |");
        String page = page(readme);
        assertThat(count(page, "the claim of small")).isEqualTo(2);
        assertThat(count(page, "Weight initialization</h")).isEqualTo(1);
        assertThat(page).contains("<h3>What to change</h3>").doesNotContain("&lt;!--");
    }

    @Test
    void tablesAndCodeAreThereAndLinksThatLeadOutOfTheRepository() {
        String page = page("| a | b |\n|---|---|\n| 1 | 2 |\n\n```yaml\nmodel: [a < b]\n```\n\n"
                + "[a file](tanh.yaml), [the notes](https://cs231n.github.io/) and [no](javascript:alert(1))");
        assertThat(page)
                .contains("<td>1</td>", "model: [a &lt; b]", "<a href=\"https://cs231n.github.io/\">the notes</a>")
                .contains("a file, ")
                .doesNotContain("tanh.yaml", "javascript:");
    }

    @Test
    void markupStaysText() {
        PartView hostile = new PartView(
                MARKUP,
                MARKUP,
                MARKUP + "\n\n![" + MARKUP + "](pictures/p.svg)\n\n<img src=x onerror=alert(1)>",
                List.of(new ClaimView(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP, Answer.NO_DATA, Double.NaN, MARKUP)),
                List.of(new FigureView("p", MARKUP, SVG)));
        String page = LecturePage.of(new LecturePage.Page(MARKUP, List.of(hostile)));
        assertThat(page).doesNotContain("<script", "<img").contains("&lt;script&gt;", "{{main}} $1 \\");
    }

    @Test
    void nothingIsFetchedNothingRunsAndOnlyTheOwnStyleIsPermitted() throws Exception {
        String page = page("![x](pictures/layers.svg)");
        assertThat(count(page, "<style>")).isEqualTo(1);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(page).contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(page).contains("default-src 'none'").doesNotContain("<script", "unsafe", " style=");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "@import", "url(");
    }

    @Test
    void theSameContentGivesTheSamePage() {
        assertThat(page("Text")).isEqualTo(page("Text"));
    }
}
