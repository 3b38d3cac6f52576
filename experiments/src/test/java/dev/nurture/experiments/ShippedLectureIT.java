package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lecture that the distribution has: its claims hold, and its pages are of them. */
class ShippedLectureIT {
    private static final Path LECTURE = Nurture.EXPERIMENTS.resolve("lecture");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^\\]]*)\\]\\(pictures/([^)]*)\\.svg\\)");

    @TempDir
    Path folder;

    private static List<JsonObject> claims(Nurture.Outcome outcome) {
        JsonArray json = JsonParser.parseString(outcome.out()).getAsJsonArray();
        List<JsonObject> claims = new ArrayList<>();
        for (JsonElement claim : json) {
            claims.add(claim.getAsJsonObject());
        }
        return claims;
    }

    private static List<Integer> rows(List<JsonObject> claims, String verdict) {
        return claims.stream()
                .filter(claim ->
                        claim.has("row") && claim.get("verdict").getAsString().equals(verdict))
                .map(claim -> claim.get("row").getAsInt())
                .sorted()
                .toList();
    }

    @Test
    void whatNeedsNoDownloadIsGreenAndTheRestSaysHowToFetchIt() throws IOException {
        List<JsonObject> claims =
                claims(new Nurture(folder).within(900).run("lecture", "--json").exits(0));
        assertThat(claims)
                .allSatisfy(claim -> assertThat(claim.get("verdict").getAsString())
                        .as("%s", claim)
                        .isIn("green", "no data"));
        assertThat(rows(claims, "green")).containsExactly(1, 2, 3, 4, 5, 16, 18, 19);
        assertThat(rows(claims, "no data")).containsExactly(6, 7, 8, 9, 10, 11, 12, 17);
        assertThat(claims)
                .filteredOn(claim -> claim.get("verdict").getAsString().equals("no data"))
                .allSatisfy(claim -> assertThat(claim.get("why").toString())
                        .containsPattern("run: nurture data fetch (cifar10|mnist)"));
    }

    @Test
    void theFirstRowsOnRealImagesAreGreen() throws IOException {
        Nurture nurture =
                new Nurture(folder).with("NURTURE_DATA", folder.resolve("data")).within(600);
        nurture.run("data", "fetch", "cifar10", "--from", PublicDataIT.published("cifar10"))
                .exits(0);
        List<JsonObject> claims = claims(nurture.run(
                        "lecture",
                        "--json",
                        "babysitting/initial_loss",
                        "babysitting/initial_loss_penalty",
                        "babysitting/twenty",
                        "babysitting/rate_absurd",
                        "hyperparameters/log_space")
                .exits(0));
        assertThat(rows(claims, "green")).containsExactly(6, 7, 8, 10);
    }

    private static Stream<String> parts() throws IOException {
        try (Stream<Path> folders = Files.list(LECTURE)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(part -> part.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** The numbers may differ by the processor; what is claimed, and shown, may not. */
    @ParameterizedTest
    @MethodSource("parts")
    void aPageHasItsClaimsAndPictures(String part) throws IOException {
        String page = Files.readString(LECTURE.resolve(part).resolve("README.md"));
        String written = Files.readString(LECTURE.resolve(part).resolve("claims.yaml"));
        assertThat(Files.readString(LECTURE.resolve("lecture.yaml"))).contains(part);
        String table = page.substring(page.indexOf("<!-- claims -->"), page.indexOf("<!-- end -->"));
        assertThat(table).doesNotContain("| red |", "| no data |");
        Matcher claim = Pattern.compile("(?m)^ +(?:- \\{name: [a-z_]+, .*)?claim: (.*)$")
                .matcher(written);
        int claims = 0;
        while (claim.find()) {
            claims++;
            assertThat(table.replace("\\", "")).contains(claim.group(1).strip());
        }
        assertThat(claims).isPositive();
        assertThat(table.lines().filter(line -> line.endsWith("| green |"))).hasSize(claims);
        Matcher picture = PICTURE.matcher(page);
        List<String> shown = new ArrayList<>();
        while (picture.find()) {
            shown.add(picture.group(2) + ".svg");
            assertThat(written).contains("name: " + picture.group(2)).contains(picture.group(1));
        }
        Path pictures = LECTURE.resolve(part).resolve("pictures");
        List<String> drawn = Files.isDirectory(pictures) ? Nurture.names(pictures) : List.of();
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(shown);
    }
}
