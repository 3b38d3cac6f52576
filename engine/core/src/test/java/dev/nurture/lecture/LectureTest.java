package dev.nurture.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.config.DefinitionException;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LectureTest {
    private static final PluginCatalog CATALOG = PluginLoader.load(List.of(), Optional.empty());

    @TempDir
    Path folder;

    @BeforeEach
    void twoParts() throws IOException {
        write("lecture.yaml", "parts: [first, second]\n");
        write("first/net.yaml", "");
        write("second/net.yaml", "");
        write(
                "second/claims.yaml",
                "title: Second\nruns: {net: net.yaml}\nclaims: [{name: a, claim: b, runs: [net]}]\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private Part first(String claims) throws IOException {
        write("first/claims.yaml", claims);
        return Lecture.read(folder, CATALOG).parts().get(0);
    }

    @Test
    void whatIsSweptOverGivesARunAPoint() throws IOException {
        Part part = first("""
                title: First
                runs:
                  plain: net.yaml
                  net_{rate}_{units}:
                    definition: net.yaml
                    for: {rate: [1.0e-4, 0.1], units: [5, 50]}
                    with: ["optimizer.learning_rate={rate}", "model[0].units={units}"]
                ensembles: {both: [plain, net_0.1_5]}
                claims:
                  - {name: one, row: 3, claim: it falls, published: "1 to 2", runs: [plain], show: [curve, train_loss.last]}
                  - {name: two, claim: more is more, compare: test_loss, expect: ["both < 0.5 * plain", net_0.1_50 > 2]}
                figures: [{name: drawn, type: curves, metric: train_loss, caption: See., runs: [plain]}]
                """);
        assertThat(part.title()).isEqualTo("First");
        assertThat(part.runs()).containsOnlyKeys("plain", "net_1.0e-4_5", "net_0.1_5", "net_1.0e-4_50", "net_0.1_50");
        assertThat(part.runs().get("net_1.0e-4_50").changes())
                .containsExactly("optimizer.learning_rate=1.0e-4", "model[0].units=50");
        assertThat(part.runs().get("net_1.0e-4_50").values())
                .containsEntry("rate", "1.0e-4")
                .containsEntry("units", "50");
        assertThat(part.claims().get(0).row()).contains(3);
        assertThat(part.claims().get(1).needs()).containsExactly("both", "plain", "net_0.1_50");
        assertThat(part.runs(part.claims().get(1).needs()))
                .extracting(PlannedRun::name)
                .containsExactly("plain", "net_0.1_5", "net_0.1_50");
        assertThat(part.figures().get(0).caption()).isEqualTo("See.");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        assertThatThrownBy(() -> first("""
                        title: First
                        runs:
                          plain: nte.yaml
                          all: {definition: net.yaml, for: {rate: [1, 2]}}
                          odd: {definitoin: net.yaml}
                        ensembles: {both: [plain, plian]}
                        claims:
                          - {name: one, claim: it falls}
                          - {name: one, claim: more, compare: test_los, expect: [plain < nowhere, plain, plain < 3]}
                          - {name: two, claim: more, row: x, runs: [plain], show: [train_loss.frist], expect: [plain < 3]}
                        """))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("""
                        %s: 14 problems
                          line 1: claims: two of them are called 'one'
                          line 3: runs.plain: there is no definition %s
                          line 4: runs.all: its name must contain {rate}, so that each run has its own
                          line 4: runs.all: two runs are called 'all'
                          line 5: runs.odd.definitoin: there is no key 'definitoin'; did you mean 'definition'?
                          line 5: runs.odd.definition: is missing
                          line 6: ensembles.both: there is no run 'plian'; did you mean 'plain'?
                          line 8: claims[0]: neither runs nor expect: nothing can fail
                          line 9: claims[1].compare: there is no metric 'test_los'; did you mean 'test_loss'?
                          line 9: claims[1].expect: there is no run 'nowhere'
                          line 9: claims[1].expect: expected "LEFT < RIGHT" with <, <=, > or >=, not 'plain'
                          line 10: claims[2].row: expected a number, not 'x'
                          line 10: claims[2].show: there is no moment 'frist'; did you mean 'first'?
                          line 10: claims[2].compare: is missing: what the runs are compared by\
                        """.formatted(folder.resolve("first/claims.yaml"), folder.resolve("first/nte.yaml")));
    }

    @Test
    void whatIsWrongWithPicturesIsSaidBeforeAnythingRuns() {
        assertThatThrownBy(() -> first("""
                        title: First
                        runs: {plain: net.yaml, "net_{k}": {definition: net.yaml, for: {k: [a, b]}}}
                        claims: [{name: one, claim: it falls, runs: [plain]}]
                        figures:
                          - {name: a, type: curve, runs: [plain]}
                          - {name: b, type: curves, metrics: train_loss, runs: [plian]}
                          - {name: c/d, type: regions, runs: [plain]}
                          - {name: e, type: sweep, metric: test_loss, x: k, lines: {one: "net_{k}"}}
                          - {name: f, type: ravine, optimizers: {x: nowhere}, steps: 0}
                          - {name: g, type: activation_functions}
                          - {name: h, type: bars, metric: test_los, runs: [plain]}
                        """))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("""
                        %s: 10 problems
                          line 5: figures[0].type: there is no picture 'curve'; did you mean 'curves'?
                          line 6: figures[1].metrics: there is no key 'metrics'; did you mean 'metric'?
                          line 6: figures[1].runs: there is no run 'plian'; did you mean 'plain'?
                          line 6: figures[1].metric: is missing
                          line 7: figures[2].name: 'c/d' is no name of a file
                          line 8: figures[3].lines.one: there are no runs 'net_{k}' that differ in a number {k}
                          line 9: figures[4].optimizers.x: there is no optimizer 'nowhere'. There are none
                          line 9: figures[4].steps: expected a number of steps, not '0'
                          line 10: figures[5].activations: is missing: a list of activations
                          line 11: figures[6].metric: there is no metric 'test_los'; did you mean 'test_loss'?\
                        """.formatted(folder.resolve("first/claims.yaml")));
    }

    @Test
    void partsAndClaimsAreChosenByName() throws IOException {
        first("""
                title: First
                runs: {net: net.yaml}
                claims: [{name: a, claim: b, runs: [net]}, {name: c, claim: d, runs: [net]}]
                figures: [{name: drawn, type: curves, metric: train_loss, runs: [net]}]
                """);
        Lecture lecture = Lecture.read(folder, CATALOG);
        assertThat(lecture.select(List.of())).hasSize(2);
        assertThat(lecture.select(List.of("second", "first/c")))
                .extracting(selection -> selection.part().name()
                        + selection.claims().stream().map(Claim::name).toList()
                        + selection.figures().size())
                .containsExactly("first[c]0", "second[a]0");
        assertThat(lecture.select(List.of("first")).get(0).figures()).hasSize(1);
        assertThatThrownBy(() -> lecture.select(List.of("frist")))
                .hasMessage("the lecture has no part or claim 'frist'; did you mean 'first'?");
        assertThatThrownBy(() -> lecture.select(List.of("anything")))
                .hasMessage("the lecture has no part or claim 'anything'. There are: first, second");
    }

    @Test
    void aPartThatIsNotThereIsSaid() throws IOException {
        write("lecture.yaml", "parts: [second, third]\n");
        assertThatThrownBy(() -> Lecture.read(folder, CATALOG))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("line 1: parts: there is no " + folder.resolve("third/claims.yaml"));
        write("lecture.yaml", "parst: [second]\n");
        assertThatThrownBy(() -> Lecture.read(folder, CATALOG)).hasMessageContaining("did you mean 'parts'?");
    }
}
