package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SvgTest {
    private static final String MARKUP = "</svg><script>alert(1)</script> & \"it's\" \u0007\uD800 ½ 😀";

    @Test
    void textStaysTextWhateverItHolds() {
        Svg svg = new Svg();
        svg.text(10, 20, Svg.Anchor.START, "", MARKUP);
        Drawing drawing = Drawing.of(svg.end(100, MARKUP, MARKUP));
        String kept = "</svg><script>alert(1)</script> & \"it's\"  ½ 😀";
        assertThat(drawing.texts()).containsExactly(kept);
        assertThat(drawing.title()).isEqualTo(kept);
        assertThat(drawing.description()).isEqualTo(kept);
        assertThat(drawing.document.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo(kept);
        assertThat(drawing.elements("script")).isEmpty();
    }

    @Test
    void aPictureIsAsWideAsWhatHoldsItAndAsksForNothing() {
        String svg = new Svg().end(123.46, "a", "b");
        Drawing drawing = Drawing.of(svg);
        assertThat(drawing.document.getDocumentElement().getAttribute("viewBox"))
                .isEqualTo("0 0 600 123.5");
        assertThat(drawing.document.getDocumentElement().hasAttribute("width")).isFalse();
        assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http", "url(", "@import", "<script", " id=");
    }

    @Test
    void numbersHaveATenthAtMost() {
        assertThat(Svg.number(1.25)).isEqualTo("1.3");
        assertThat(Svg.number(-0.04)).isEqualTo("0");
        assertThat(Svg.number(100)).isEqualTo("100");
        assertThat(Svg.number(1e7)).isEqualTo("10000000");
        assertThatThrownBy(() -> Svg.number(Double.NaN)).hasMessage("NaN is no coordinate");
    }
}
