package dev.nurture.lecture.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;

class ClaimTableTest {
    private static ClaimView claim(String row, String published, String measured, double seconds) {
        return new ClaimView("a", row, "it dies", published, measured, Answer.GREEN, seconds, "");
    }

    @Test
    void theTableHasTheColumnsThatHoldSomething() {
        assertThat(ClaimTable.markdown(List.of(claim("1", ".2131 … 0", "0.2134", 1), claim("", "", "2", 1))))
                .isEqualTo("""
                        | row | claim | published | measured | verdict |
                        |---|---|---|---|---|
                        | 1 | it dies | .2131 … 0 | 0.2134 | green |
                        | | it dies | | 2 | green |
                        """);
        assertThat(ClaimTable.markdown(List.of(claim("", "", "0.2134", 1)))).isEqualTo("""
                        | claim | measured | verdict |
                        |---|---|---|
                        | it dies | 0.2134 | green |
                        """);
    }

    @Test
    void howLongItTookDoesNotChangeTheFile() {
        assertThat(ClaimTable.markdown(List.of(claim("1", "", "2", 1))))
                .isEqualTo(ClaimTable.markdown(List.of(claim("1", "", "2", 99))));
    }

    /** Read back by another's parser. */
    @Test
    void whatIsWrittenIsWhatIsRead() {
        String text = "a | b, 0.5 * c * d, `x`, [y](z), <b>bold</b>, ~~no~~, \\| tanh_small_1";
        var extensions = List.of(TablesExtension.create());
        var document = Parser.builder()
                .extensions(extensions)
                .build()
                .parse(ClaimTable.markdown(List.of(claim("7", "< 1e-6", text, 1))));
        assertThat(TextContentRenderer.builder().extensions(extensions).build().render(document))
                .contains(text);
        assertThat(HtmlRenderer.builder().extensions(extensions).build().render(document))
                .contains("&lt;b&gt;bold&lt;/b&gt;", "&lt; 1e-6");
    }

    @Test
    void itTakesThePlaceOfTheOneBefore() {
        String readme = "# A\n\n<!-- claims -->\nold\n<!-- end -->\n\nrest\n";
        String put = ClaimTable.put(readme, List.of(claim("1", "", "2", 1)));
        assertThat(put)
                .startsWith("# A\n\n<!-- claims -->\n| row | claim |")
                .endsWith("| green |\n<!-- end -->\n\nrest\n")
                .doesNotContain("old");
        assertThat(ClaimTable.put(put, List.of(claim("1", "", "2", 1)))).isEqualTo(put);
        assertThat(ClaimTable.removedFrom(put)).isEqualTo("# A\n\n\n\nrest\n");
    }

    @Test
    void aTextWithoutAPlaceForItIsRefused() {
        for (String readme : List.of(
                "", "<!-- claims -->", "<!-- end --><!-- claims -->", "<!-- claims --><!-- claims --><!-- end -->")) {
            assertThatThrownBy(() -> ClaimTable.put(readme, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "the table of claims goes between the lines <!-- claims --> and <!-- end -->");
        }
    }
}
