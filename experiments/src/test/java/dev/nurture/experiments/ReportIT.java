package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that real runs leave, and the page of a run that goes on, in a real browser. */
class ReportIT {
    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static Nurture nurture;

    @BeforeAll
    static void runAll() throws IOException {
        chromium = Chromium.start();
        String mnist = PublicDataIT.published("mnist");
        nurture = new Nurture(Files.createDirectories(folder.resolve("work")))
                .with("NURTURE_DATA", folder.resolve("data"));
        nurture.run("run", Nurture.shipped("digits"), "--run-dir", "digits", "--progress", "none")
                .exits(0);
        nurture.run("data", "fetch", "mnist", "--from", mnist).exits(0);
        nurture.run(
                        "run",
                        Nurture.shipped("mnist_cnn"),
                        "data.limit=3000",
                        "training.epochs=2",
                        "expect=null",
                        "--run-dir",
                        "mnist_cnn",
                        "--progress",
                        "none")
                .exits(0);
        nurture.run(
                        "run",
                        Nurture.shipped("digits"),
                        "model[0].initializer=zero",
                        "--run-dir",
                        "refused",
                        "--progress",
                        "none")
                .exits(3);
        nurture.run(
                        "run",
                        Nurture.shipped("digits"),
                        "checks=false",
                        "optimizer={type: sgd, learning_rate: 30}",
                        "--run-dir",
                        "stopped",
                        "--progress",
                        "none")
                .exits(4);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Chromium.Visit visit(String run, int width) {
        Path page = nurture.folder().resolve(run).resolve("report.html");
        return chromium.visit(page.toUri().toString(), width, ColorScheme.LIGHT, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "mnist_cnn", "refused", "stopped"})
    void aRealRunsPageIsDrawnWithoutComplaintRequestOrOverflow(String run) {
        for (int width : List.of(400, 1600)) {
            try (Chromium.Visit visit = visit(run, width)) {
                assertThat(visit.complaints).isEmpty();
                assertThat(visit.requests)
                        .filteredOn(url -> !url.startsWith("data:"))
                        .hasSize(1);
                assertThat(visit.number("document.scrollingElement.scrollWidth"))
                        .isEqualTo(width);
                visit.requireDrawn();
            }
        }
    }

    @Test
    void aConvolutionalRunShowsAllThereIs() {
        try (Chromium.Visit visit = visit("mnist_cnn", 1600)) {
            assertThat(visit.page.locator("h2").allInnerTexts()).isEqualTo(ReportPageIT.ALL_SECTIONS);
            assertThat(visit.page.locator(".filters img").count()).isEqualTo(32);
            assertThat(visit.page.locator(".mistakes img").count()).isEqualTo(24);
            assertThat(visit.page.locator(".matrix tbody tr").count()).isEqualTo(10);
        }
    }

    @Test
    void aRunThatWasRefusedSaysWhyFirst() {
        try (Chromium.Visit visit = visit("refused", 1600)) {
            assertThat(visit.page.locator(".finding").first().innerText()).contains("dense_1.weight", "at random");
            assertThat(visit.page.locator(".plot").count()).isZero();
        }
    }

    @Test
    void thePageOfARunThatGoesOnFollowsIt() throws Exception {
        Nurture.Started run = nurture.start(
                "run",
                Nurture.shipped("digits"),
                "training.epochs=100000",
                "--run-dir",
                "live",
                "--progress",
                "none",
                "--metrics-port",
                "0",
                "metrics.targets=" + folder.resolve("targets"));
        try {
            String address = run.awaitMessage(Pattern.compile("the run's page at (http://[^ \\n]+)"));
            // It has something to draw when two epochs are over.
            Path metrics = nurture.folder().resolve("live/metrics.csv");
            while (!Files.exists(metrics) || Files.readAllLines(metrics).size() < 4) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            try (Chromium.Visit visit = chromium.visit(address, 1600, ColorScheme.LIGHT, false)) {
                String before = visit.label("[data-chart=loss]");
                String drawn = visit.drawn("[data-chart=loss]");
                visit.page.waitForCondition(
                        () -> !visit.label("[data-chart=loss]").equals(before));
                assertThat(visit.drawn("[data-chart=loss]")).isNotEqualTo(drawn);
                assertThat(visit.page.locator(".progress").innerText()).contains("of 100");
                assertThat(visit.complaints).isEmpty();
                visit.requireDrawn();
            }
        } finally {
            run.signal("TERM");
            run.end().exits(143);
        }
    }

    @Test
    void runsSideBySideAreAPageToo() throws IOException {
        nurture.run("compare", "digits", "stopped", "-o", "compared.html").exits(0);
        String page = nurture.folder().resolve("compared.html").toUri().toString();
        try (Chromium.Visit visit = chromium.visit(page, 1600, ColorScheme.LIGHT, true)) {
            assertThat(visit.complaints).isEmpty();
            assertThat(visit.page.locator("body").innerText()).contains("digits", "stopped", "learning_rate");
            visit.requireDrawn();
        }
    }
}
