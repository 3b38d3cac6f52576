package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarsTest {
    private final Map<String, Double> values = new LinkedHashMap<>();

    private Drawing drawn(String... emphasized) {
        return Drawing.of(new Bars("test_accuracy", Set.of(emphasized)).draw("Bars", values));
    }

    private static List<Element> bars(Drawing drawing) {
        return drawing.elements("rect").stream()
                .filter(rect -> rect.getAttribute("class").matches("f[01]"))
                .toList();
    }

    @Test
    void barsFromZeroAreAsLongAsTheirValues() {
        values.put("a", 0.2);
        values.put("b", 0.8);
        Drawing drawing = drawn("b");
        List<Element> bars = bars(drawing);
        assertThat(Drawing.number(bars.get(0), "width") / Drawing.number(bars.get(1), "width"))
                .isCloseTo(0.25, within(0.001));
        assertThat(Drawing.number(bars.get(0), "x")).isCloseTo(Drawing.number(drawing.text("0"), "x"), within(0.06));
        assertThat(bars.get(1).getAttribute("class")).isEqualTo("f1");
        assertThat(drawing.texts()).contains("test accuracy").noneMatch(text -> text.contains("cut"));
        assertThat(drawing.description()).isEqualTo("test accuracy. a: 0.2; b: 0.8.");
    }

    @Test
    void anAxisThatIsCutIsShownAndSaidToBe() {
        values.put("a", 0.95);
        values.put("b", 0.96);
        values.put("c", 0.98);
        Drawing drawing = drawn();
        List<Element> bars = bars(drawing);
        double[] widths =
                bars.stream().mapToDouble(bar -> Drawing.number(bar, "width")).toArray();
        assertThat((widths[2] - widths[0]) / (widths[1] - widths[0])).isCloseTo(3, within(0.02));
        assertThat(drawing.texts()).contains("The axis is cut: it begins at 0.94, not at 0.");
        assertThat(drawing.description()).contains("The axis is cut");
        assertThat(drawing.elements("path", "fp")).hasSize(3);
    }

    @Test
    void whatHasNoValueIsACross() {
        values.put("a", 12.0);
        values.put("never", Double.POSITIVE_INFINITY);
        values.put("none", Double.NaN);
        Drawing drawing = drawn();
        assertThat(bars(drawing)).hasSize(1);
        assertThat(drawing.elements("path", "fx")).hasSize(2);
        assertThat(drawing.texts()).contains("∞", "none");
        values.remove("a");
        assertThat(bars(drawn())).isEmpty();
        values.clear();
        assertThatThrownBy(this::drawn).hasMessage("there is no bar to draw");
    }

    @Test
    void negativeValuesGoTheOtherWay() {
        values.put("a", -1.0);
        values.put("b", 2.0);
        List<Element> bars = bars(drawn());
        assertThat(Drawing.number(bars.get(0), "x") + Drawing.number(bars.get(0), "width"))
                .isCloseTo(Drawing.number(bars.get(1), "x"), within(0.11));
    }
}
