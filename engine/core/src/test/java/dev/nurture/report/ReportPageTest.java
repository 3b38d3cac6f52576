package dev.nurture.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String MARKUP = "</script><img onerror=alert(1) src=x><!-- {{data}} $1 \\";

    @Test
    void theDataStandInThePage() {
        JsonObject run = run("digits");
        assertThat(data(ReportPage.of(run))).isEqualTo(run);
        assertThat(ReportPage.of(run)).contains("<title>digits – Nurture</title>");
    }

    @Test
    void theSameDataGiveTheSamePage() {
        assertThat(ReportPage.of(run("digits"))).isEqualTo(ReportPage.of(run("digits")));
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        String page = ReportPage.of(run("digits"));
        assertThat(all(page, "(?:src|href)\\s*=\\s*[\"']?([^\"'\\s>]*)")).containsExactly("data:,");
        assertThat(page).doesNotContain("@import").doesNotContain("url(").doesNotContain("<base");
        assertThat(all(page, "fetch\\(([^,)]*)")).containsExactly("'data.json'");
    }

    @Test
    void thePolicyPermitsTheScriptsAndTheStyleOfThePageAlone() throws Exception {
        String page = ReportPage.of(run("digits"));
        List<String> inline = all(page, "(?s)<(?:script|style)>(.*?)</(?:script|style)>");
        assertThat(inline).hasSize(3);
        for (String text : inline) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(page).contains("default-src 'none'").doesNotContain("unsafe");
    }

    @Test
    void markupInTheDataStaysText() {
        JsonObject run = run(MARKUP);
        run.addProperty("definition", "name: " + MARKUP);
        JsonArray classes = new JsonArray();
        classes.add(MARKUP);
        run.add("classes", classes);
        String page = ReportPage.of(run);
        assertThat(data(page)).isEqualTo(run);
        assertThat(page).doesNotContain("<img");
        assertThat(all(page, "(</script>)")).hasSameSizeAs(all(ReportPage.of(run("digits")), "(</script>)"));
        assertThat(page)
                .contains("<title>&lt;/script&gt;&lt;img onerror=alert(1) src=x&gt;&lt;!-- {{data}} $1 \\ – Nurture");
    }

    @Test
    void noScriptMakesMarkupOfText() {
        String page = ReportPage.of(run("digits"));
        String drawing = page.substring(page.lastIndexOf("<script>"));
        assertThat(drawing)
                .doesNotContain("innerHTML")
                .doesNotContain("outerHTML")
                .doesNotContain("insertAdjacentHTML")
                .doesNotContain("document.write")
                .doesNotContain("eval(");
    }

    @Test
    void theLicenceOfTheChartsIsThere() {
        assertThat(ReportPage.of(run("digits")))
                .contains("uPlot 1.6.30")
                .contains("The MIT License (MIT)")
                .contains("Copyright (c) 2022 Leon Sorokin")
                .contains("The above copyright notice and this permission notice shall be included");
    }

    private static JsonObject run(String name) {
        JsonObject run = new JsonObject();
        run.addProperty("name", name);
        run.addProperty("status", "succeeded");
        return run;
    }

    static JsonObject data(String page) {
        return JsonParser.parseString(all(page, "(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
                        .get(0))
                .getAsJsonObject();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
