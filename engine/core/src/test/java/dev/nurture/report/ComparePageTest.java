package dev.nurture.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparePageTest {
    @Test
    void keysThatDifferAreNamedWithTheValueInEach() {
        String page = ComparePage.of(List.of(
                run("a", "seed: 1\nmodel:\n- {type: dense, units: 100}\nchecks: {}\n"),
                run("b", "seed: 1\nmodel:\n- {type: dense, units: 50}\nchecks: {gradient: false}\n"),
                run("c", "seed: 1\nmodel:\n- {type: dense, units: 50}\n- {type: dropout}\n")));
        assertThat(differences(page)).isEqualTo("""
                        [{"path":"model[0].units","values":["100","50","50"]},\
                        {"path":"checks","values":["{}",null,null]},\
                        {"path":"checks.gradient","values":[null,"false",null]},\
                        {"path":"model[1].type","values":[null,null,"dropout"]}]""");
    }

    @Test
    void theSameDefinitionsDifferInNothing() {
        assertThat(differences(ComparePage.of(List.of(run("a", "seed: 1\n"), run("b", "seed:  1\n")))))
                .isEqualTo("[]");
    }

    @Test
    void aliasesAndTagsAreNotFollowed() {
        String page = ComparePage.of(
                List.of(run("a", "list: &all [*all, *all]\nobject: !!java.net.URL [x]\n"), run("b", "list: []\n")));
        assertThat(differences(page)).isEqualTo("""
                        [{"path":"list[0]","values":["*all",null]},\
                        {"path":"list[1]","values":["*all",null]},\
                        {"path":"object[0]","values":["x",null]},\
                        {"path":"list","values":[null,"[]"]}]""");
    }

    @Test
    void aDefinitionThatCannotBeReadIsShownAsAWhole() {
        String deep = "[".repeat(100) + "]".repeat(100);
        assertThat(differences(ComparePage.of(List.of(run("a", "seed: [1\n"), run("b", deep), run("c", null)))))
                .isEqualTo("[{\"path\":\"definition\",\"values\":[\"seed: [1\\n\",\"" + deep + "\",null]}]");
    }

    @Test
    void onlyWhatIsShownOfARunIsThere() {
        JsonObject run = run("a", "seed: 1\n");
        run.add("metrics", JsonParser.parseString("{\"test_loss\": \"NaN\"}"));
        run.add("samples", new JsonObject());
        JsonObject data = ReportPageTest.data(ComparePage.of(List.of(run)));
        assertThat(data.getAsJsonArray("runs"))
                .hasToString("[{\"name\":\"digits\",\"run\":\"a\",\"metrics\":{\"test_loss\":\"NaN\"}}]");
    }

    private static JsonObject run(String folder, String definition) {
        JsonObject run = new JsonObject();
        run.addProperty("name", "digits");
        run.addProperty("run", folder);
        run.addProperty("definition", definition);
        return run;
    }

    private static String differences(String page) {
        return ReportPageTest.data(page).getAsJsonArray("differences").toString();
    }
}
