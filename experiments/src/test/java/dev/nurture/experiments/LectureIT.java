package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small lecture of one part, by the command. */
class LectureIT {
    @TempDir
    Path folder;

    private Nurture nurture;

    @BeforeEach
    void aLecture() throws IOException {
        nurture = new Nurture(folder);
        write("lecture/lecture.yaml", "parts: [digits]\n");
        write("lecture/digits/net.yaml", """
                data: {type: digits, seed: 5}
                preprocess: [zero_mean, {type: scale, factor: 0.125}]
                model:
                  - {type: dense, units: 32, activation: relu}
                  - {type: dense, units: 10}
                training: {epochs: 3}
                """);
        write("lecture/digits/claims.yaml", """
                title: Digits
                runs:
                  net_{k}: {definition: net.yaml, for: {k: [1, 2, 3]}, with: ["seed={k}"]}
                  good: {definition: net.yaml, with: ["expect.test_accuracy=> 0.5"]}
                  bad: {definition: net.yaml, with: ["expect.test_accuracy=> 0.999"]}
                  sick: {definition: net.yaml, with: ["optimizer={type: sgd, learning_rate: 1.0e+9}", "expect.findings=learning_rate_high"]}
                  absent: {definition: net.yaml, with: ["data={type: mnist}"]}
                ensembles:
                  three: [net_1, net_2, net_3]
                claims:
                  - {name: learns, row: 7, claim: it learns, published: "0.5", runs: [good], show: [test_accuracy]}
                  - {name: perfect, claim: it is perfect, runs: [bad], show: [test_accuracy]}
                  - {name: refused, claim: a high rate is refused, runs: [sick], show: [findings]}
                  - {name: together, claim: they are better together, compare: test_loss, expect: ["three < mean(net_1, net_2, net_3)"]}
                  - {name: fetched, claim: it learns these too, runs: [absent], show: [test_accuracy]}
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private Path runs() throws IOException {
        List<String> names = Nurture.names(folder.resolve("runs"));
        assertThat(names).hasSize(1);
        return folder.resolve("runs").resolve(names.get(0)).resolve("digits");
    }

    @Test
    void eachClaimIsALineThatIsGreenOrRed() throws IOException {
        Nurture.Outcome outcome = nurture.run("lecture", "--from", "lecture").exits(5);
        List<String> lines = outcome.out().lines().toList();
        RunFolder good = new RunFolder(runs().resolve("good"));
        RunFolder bad = new RunFolder(runs().resolve("bad"));
        String accuracy = String.format(java.util.Locale.ROOT, "%.4f", good.metric("test_accuracy"));
        assertThat(lines.subList(2, 10))
                .containsExactly(
                        "digits: Digits",
                        "green   row 7   learns: it learns; published 0.5; measured " + accuracy,
                        "red             perfect: it is perfect; measured " + accuracy,
                        "                bad: test_accuracy is " + bad.metric("test_accuracy") + ", expected > 0.999",
                        "green           refused: a high rate is refused; measured learning_rate_high cannot_overfit",
                        lines.get(7),
                        "no data         fetched: it learns these too",
                        lines.get(9));
        assertThat(lines.get(7)).startsWith("green           together: they are better together; measured three 1.");
        assertThat(lines.get(9)).endsWith("run: nurture data fetch mnist");
        assertThat(lines.get(11)).startsWith("claims        3 green, 1 red, 1 no data in ");
        assertThat(outcome.err()).isEmpty();
        assertThat(new RunFolder(runs().resolve("sick")).exit()).isEqualTo(3);
        assertThat(runs().resolve("good/report.html")).isNotEmptyFile();
    }

    /** What an ensemble comes to is what {@code evaluate} says of the same runs. */
    @Test
    void anEnsembleIsTheMeanOfItsMembers() throws IOException {
        String out = nurture.run("lecture", "--from", "lecture", "--json", "digits/together")
                .exits(0)
                .out();
        JsonArray claims = JsonParser.parseString(out).getAsJsonArray();
        assertThat(claims).hasSize(1);
        JsonObject measured = claims.get(0).getAsJsonObject().getAsJsonObject("measured");
        String[] evaluate = {"evaluate", "--json", "", "", ""};
        for (int i = 1; i <= 3; i++) {
            evaluate[i + 1] = runs().resolve("net_" + i).toString();
        }
        JsonObject evaluated =
                JsonParser.parseString(nurture.run(evaluate).exits(0).out()).getAsJsonObject();
        assertThat(measured.getAsJsonArray("three").get(0))
                .isEqualTo(evaluated.getAsJsonObject("ensemble of 3").get("loss"));
        assertThat(measured.getAsJsonArray("net_2").get(0))
                .isEqualTo(evaluated.getAsJsonObject(evaluate[3]).get("loss"));
    }

    @Test
    void eachSeedIsARun() throws IOException {
        String out = nurture.run("lecture", "--from", "lecture", "--seeds", "4,6-7", "digits/learns")
                .exits(0)
                .out();
        assertThat(out)
                .contains("green   row 7   learns: it learns; published 0.5; measured 0.")
                .contains(" to 0.");
        for (int seed : List.of(4, 6, 7)) {
            RunFolder run = new RunFolder(runs().resolve("seed-" + seed).resolve("good"));
            assertThat(run.record().get("seed").getAsInt()).isEqualTo(seed);
        }
    }

    @Test
    void itsPageAndPicturesAreOfItsRuns() throws IOException {
        Files.writeString(folder.resolve("lecture/digits/claims.yaml"), """
                figures:
                  - {name: loss, type: curves, metric: train_loss, caption: Loss, runs: [good, net_1]}
                  - {name: together, type: bars, metric: test_loss, runs: [net_1, net_2, net_3, three]}
                  - {name: absent, type: curves, metric: train_loss, runs: [absent]}
                  - {name: refused, type: curves, metric: train_loss, runs: [sick]}
                """, java.nio.file.StandardOpenOption.APPEND);
        write("lecture/README.md", "# All\n\n<!-- claims -->\n<!-- end -->\n");
        write(
                "lecture/digits/README.md",
                "# Digits\n\nThey are read.\n\n![Loss](pictures/loss.svg)\n\n<!-- claims -->\n<!-- end -->\n");
        Nurture.Outcome outcome = nurture.run(
                        "lecture", "--from", "lecture", "--report", "out/page.html", "--pages", "digits")
                .exits(5);
        assertThat(outcome.err()).startsWith("warning: digits: the picture refused cannot be drawn: ");
        assertThat(Nurture.names(folder.resolve("lecture/digits/pictures")))
                .containsExactlyInAnyOrder("loss.svg", "together.svg");
        String accuracy = String.format(
                java.util.Locale.ROOT, "%.4f", new RunFolder(runs().resolve("good")).metric("test_accuracy"));
        String line = "| 7 | it learns | 0.5 | " + accuracy + " | green |";
        assertThat(folder.resolve("lecture/digits/README.md")).content().contains("They are read.", line);
        assertThat(folder.resolve("lecture/README.md")).content().contains(line);
        assertThat(folder.resolve("out/page.html"))
                .content()
                .contains("They are read.", "it learns", accuracy, "<svg")
                .doesNotContain("<!-- claims -->");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThat(nurture.run("lecture", "--from", "nowhere").exits(2).err())
                .isEqualTo("error: --from nowhere: has no lecture.yaml\n");
        assertThat(nurture.run("lecture", "--from", "lecture", "digits/learn")
                        .exits(2)
                        .err())
                .isEqualTo("error: the lecture has no part or claim 'digits/learn'; did you mean 'digits/learns'?\n");
        assertThat(nurture.run("lecture", "--from", "lecture", "--seeds", "x")
                        .exits(2)
                        .err())
                .isEqualTo("error: --seeds x: expected seeds such as 1-10 or 1,2,5\n");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
