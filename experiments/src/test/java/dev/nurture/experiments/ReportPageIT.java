package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.nurture.report.ComparePage;
import dev.nurture.report.ReportPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report's page in a real browser: Debian's Chromium, or the one that {@code NURTURE_TEST_CHROMIUM} names. */
class ReportPageIT {
    /** What the page of a convolutional run with test rows has, in this order. */
    static final List<String> ALL_SECTIONS = List.of(
            "Findings",
            "Training",
            "Layers",
            "Weights",
            "Histograms",
            "First-layer filters",
            "Confusion",
            "Worst mistakes",
            "Checks and stages",
            "Definition",
            "Provenance");

    private static final String LOSS = "[data-chart=loss]";
    private static final String BRIGHT =
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part > 128)";

    @TempDir
    static Path folder;

    private static final Map<String, Path> PAGES = new LinkedHashMap<>();
    private static Chromium chromium;

    @BeforeAll
    static void open() throws IOException {
        write("healthy", ReportPage.of(SampleReports.healthy()));
        write("plane", ReportPage.of(SampleReports.plane()));
        write("failed", ReportPage.of(SampleReports.failed()));
        write("regression", ReportPage.of(SampleReports.regression()));
        write("one_epoch", ReportPage.of(SampleReports.oneEpoch()));
        write("diverging", ReportPage.of(SampleReports.diverging()));
        write("hundred_classes", ReportPage.of(SampleReports.hundredClasses()));
        write("hostile", ReportPage.of(SampleReports.hostile()));
        write("left_running", ReportPage.of(SampleReports.running(3)));
        write("empty", ReportPage.of(new JsonObject()));
        write("compared", ComparePage.of(SampleReports.several()));
        chromium = Chromium.start();
    }

    private static void write(String name, String page) throws IOException {
        PAGES.put(name, Files.writeString(folder.resolve(name + ".html"), page));
    }

    private static Chromium.Visit visit(String name, int width, ColorScheme scheme) {
        return chromium.visit(address(name), width, scheme, true);
    }

    private static String address(String name) {
        return PAGES.get(name).toUri().toString();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    static Stream<Arguments> views() {
        return PAGES.keySet().stream().flatMap(name -> Stream.of(400, 1600).map(width -> Arguments.of(name, width)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void thePageIsDrawnWithoutComplaintRequestOrOverflow(String name, int width) {
        try (Chromium.Visit visit = visit(name, width, ColorScheme.LIGHT)) {
            isDrawn(visit, width);
            assertThat(visit.page.evaluate(BRIGHT)).isEqualTo(true);
            isOrderly(visit);
            visit.in(ColorScheme.DARK);
            isDrawn(visit, width);
            assertThat(visit.page.evaluate(BRIGHT)).isEqualTo(false);
            assertThat(visit.complaints).isEmpty();
            assertThat(visit.requests)
                    .filteredOn(url -> !url.startsWith("data:"))
                    .containsExactly(address(name));
        }
    }

    private static void isDrawn(Chromium.Visit visit, int width) {
        assertThat(visit.number("document.scrollingElement.scrollWidth")).isEqualTo(width);
        visit.requireDrawn();
        assertThat(visit.number("[...document.images].filter(one => !one.naturalWidth).length"))
                .isZero();
    }

    /** Headings go down by one, pictures and tables have names. */
    private static void isOrderly(Chromium.Visit visit) {
        List<?> levels = (List<?>) visit.page.evaluate(
                "[...document.querySelectorAll('h1, h2, h3')].map(heading => Number(heading.tagName[1]))");
        int above = 0;
        for (Object level : levels) {
            assertThat((Integer) level).isLessThanOrEqualTo(above + 1);
            above = (Integer) level;
        }
        assertThat(visit.number("document.querySelectorAll('[role=img]:not([aria-label]), img:not([alt])').length"))
                .isZero();
        assertThat(visit.number("[...document.querySelectorAll('table')].filter(table => !table.caption"
                        + " || !table.querySelector('th')).length"))
                .isZero();
    }

    @Test
    void aHealthyRunShowsAllThereIs() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.LIGHT)) {
            assertThat(sections(visit)).isEqualTo(ALL_SECTIONS);
            assertThat(visit.page.locator(".plot canvas").count()).isEqualTo(14);
            assertThat(visit.page.locator(".filters img").count()).isEqualTo(32);
            assertThat(visit.page.locator(".mistakes img").count()).isEqualTo(24);
            assertThat(visit.page.locator(".matrix tbody tr").count()).isEqualTo(10);
            assertThat(visit.page.locator(".ridges").count()).isEqualTo(11);
            assertThat(visit.page.locator("h1").innerText()).isEqualTo("mnist_cnn");
            assertThat(visit.page.locator(".tiles").innerText()).contains("Test accuracy", "0.9944");
        }
    }

    /** The third class of five goes from 144 to 216 degrees about the middle: it lies right of it, as does its point. */
    @Test
    void aClassificationInThePlaneShowsItsRegions() {
        try (Chromium.Visit visit = visit("plane", 1600, ColorScheme.LIGHT)) {
            assertThat(sections(visit)).contains("Decision regions").doesNotContain("First-layer filters");
            assertThat(visit.page.locator(".plane .area").count()).isEqualTo(5);
            assertThat(visit.page.locator(".plane .dots").count()).isEqualTo(5);
            assertThat(visit.page.locator(".plane .classes").innerText()).contains("4");
            String areas = "[...document.querySelectorAll('.plane .area')]";
            String found = areas + ".findIndex(one => one.isPointInFill(new DOMPoint(%s)))";
            assertThat(visit.number(String.format(found, "80.5, 48.5"))).isEqualTo(2);
            assertThat(visit.number(String.format(found, "10.5, 60.5"))).isEqualTo(0);
            assertThat(visit.number(String.format(found, "10.5, 36.5"))).isEqualTo(4);
            assertThat(visit.page.locator(".plane svg").getAttribute("aria-label"))
                    .contains("from −5 to 5", "from 15 to 25", " on 20 %");
            // What is drawn, not only described: the middle of the third class is of its hue, mixed with the card's.
            assertThat(visit.page.evaluate("getComputedStyle(" + areas + "[2]).fill"))
                    .isEqualTo("rgb(67, 144, 95)");
        }
    }

    @Test
    void aFailedRunShowsItsFindingsFirstAndNoEmptySections() {
        try (Chromium.Visit visit = visit("failed", 1600, ColorScheme.LIGHT)) {
            assertThat(sections(visit)).containsExactly("Findings", "Checks and stages", "Definition", "Provenance");
            assertThat(visit.page.locator(".plot").count()).isZero();
            assertThat(visit.page.locator(".finding").first().innerText())
                    .contains("Symmetric init", "dense_1.weight", "All units", "an initializer such as he", "CS231n");
            assertThat(visit.page.locator(".cause").innerText()).isEqualTo("The check-up failed: symmetric_init.");
        }
    }

    @Test
    void aRegressionHasNeitherAccuracyNorClasses() {
        try (Chromium.Visit visit = visit("regression", 1600, ColorScheme.LIGHT)) {
            assertThat(sections(visit)).doesNotContain("Confusion", "Worst mistakes", "First-layer filters");
            assertThat(visit.page.locator("[data-chart=accuracy]").count()).isZero();
            assertThat(visit.page.locator("[data-chart=gap]").innerText()).contains("validation less training loss");
        }
    }

    @Test
    void findingsOfTheTrainingHaveTheCurvesThatShowThem() {
        try (Chromium.Visit visit = visit("diverging", 1600, ColorScheme.LIGHT)) {
            assertThat(visit.page.locator(".finding .chart-title").allInnerTexts())
                    .containsExactly(
                            "Loss of the batches", "Dead units, conv2d_2", "Update ratio, dense_1.weight", "Loss");
            assertThat(visit.label(".finding:first-child")).contains("not finite");
        }
    }

    private static List<String> sections(Chromium.Visit visit) {
        return visit.page.locator("h2").allInnerTexts();
    }

    @Test
    void theSwitchToLogarithmicDrawsAnotherChart() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.LIGHT)) {
            String linear = visit.drawn(LOSS);
            visit.page.locator(LOSS + " .switch button").last().click();
            String logarithmic = visit.drawn(LOSS);
            assertThat(logarithmic).isNotEqualTo(linear);
            visit.page.locator(LOSS + " .switch button").first().click();
            assertThat(visit.drawn(LOSS)).isEqualTo(linear);
        }
    }

    @Test
    void aLineIsSwitchedOffInAllChartsOfItsLegend() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.LIGHT)) {
            List<String> charts = List.of("[data-chart=layers-mean]", "[data-chart=layers-gradient]");
            List<String> before = charts.stream().map(visit::drawn).toList();
            Locator button = visit.page.locator("#layers .legend button").first();
            button.click();
            assertThat(button.getAttribute("aria-pressed")).isEqualTo("false");
            visit.page.mouse().move(0, 0);
            assertThat(charts.stream().map(visit::drawn).toList()).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void thePointerShowsTheValuesAndZooms() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.LIGHT)) {
            visit.page.locator(LOSS).scrollIntoViewIfNeeded();
            zoom(visit);
            assertThat(visit.page.locator(LOSS + " .tip").innerText()).contains("epoch", "training", "validation");
            Locator reset = visit.page.getByText("Whole range").first();
            assertThat(reset.isVisible()).isTrue();
            String zoomed = visit.drawn(LOSS);
            reset.click();
            assertThat(visit.drawn(LOSS)).isNotEqualTo(zoomed);
            assertThat(reset.isVisible()).isFalse();
        }
    }

    private static void zoom(Chromium.Visit visit) {
        var area = visit.page.locator(LOSS + " .u-over").boundingBox();
        visit.page.mouse().move(area.x + area.width * 0.3, area.y + 50);
        visit.page.mouse().down();
        visit.page.mouse().move(area.x + area.width * 0.5, area.y + 50);
        visit.page.mouse().move(area.x + area.width * 0.7, area.y + 50);
        visit.page.mouse().up();
    }

    @Test
    void chartsFollowTheColourSchemeAndTheWidth() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.LIGHT)) {
            String light = visit.drawn(LOSS);
            visit.in(ColorScheme.DARK);
            assertThat(visit.drawn(LOSS)).isNotEqualTo(light);
            visit.page.setViewportSize(400, 900);
            visit.page.waitForCondition(
                    () -> visit.number("document.querySelector('" + LOSS + " canvas').clientWidth") < 400);
            assertThat(visit.number("document.scrollingElement.scrollWidth")).isEqualTo(400);
        }
    }

    @Test
    void onPaperDetailsAreOpenAndChartsAreLightAndNarrow() {
        try (Chromium.Visit visit = visit("healthy", 1600, ColorScheme.DARK)) {
            visit.page.evaluate("""
                    addEventListener('beforeprint', () => window.onPaper = {
                      closed: document.querySelectorAll('details:not([open])').length,
                      width: document.querySelector('canvas').clientWidth,
                      ink: getComputedStyle(document.body).color,
                    })""");
            byte[] paper = visit.page.pdf(new Page.PdfOptions().setFormat("A4"));
            assertThat(new String(paper, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
            Map<?, ?> onPaper = (Map<?, ?>) visit.page.evaluate("window.onPaper");
            assertThat(onPaper.get("closed")).isEqualTo(0);
            assertThat((Integer) onPaper.get("width")).isLessThan(350);
            assertThat(onPaper.get("ink")).isEqualTo("rgb(27, 31, 35)");
            assertThat(visit.number("document.querySelectorAll('details[open]').length"))
                    .isZero();
            assertThat(visit.number("document.querySelector('canvas').clientWidth"))
                    .isGreaterThan(400);
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void markupInTheDataIsShownAsText() {
        try (Chromium.Visit visit = visit("hostile", 1600, ColorScheme.LIGHT)) {
            String markup = SampleReports.hostile().get("name").getAsString();
            assertThat(visit.page.locator("h1").textContent()).isEqualTo(markup);
            assertThat(visit.page.locator(".finding .message").textContent()).contains(markup);
            assertThat(visit.page.locator("pre").textContent()).contains(markup, "<!-- <script>");
            assertThat(visit.page.locator(".matrix th").allTextContents()).contains(markup + 3);
            assertThat(visit.page.title()).contains("</script><img src=x");
            assertThat(visit.number("document.querySelectorAll('img[src=x]').length"))
                    .isZero();
            assertThat(visit.number("document.scripts.length")).isEqualTo(3);
        }
    }

    @Test
    void aRunThatGoesOnIsFollowedWithoutLosingThePlace() throws Exception {
        AtomicReference<JsonObject> now = new AtomicReference<>(SampleReports.running(5));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean data = exchange.getRequestURI().getPath().endsWith("/data.json");
            byte[] body = (data ? now.get().toString() : ReportPage.of(now.get())).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", data ? "application/json" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/report.html";
        try (Chromium.Visit visit = chromium.visit(address, 1600, ColorScheme.LIGHT, false)) {
            Locator live = visit.page.locator(".live");
            assertThat(live.innerText()).isEqualTo("Follows the run");
            visit.page.locator(LOSS).scrollIntoViewIfNeeded();
            visit.page.locator(LOSS + " .switch button").last().click();
            visit.page.locator(LOSS + " .legend button").last().click();
            zoom(visit);
            visit.page.evaluate("scrollTo(0, 700)");
            String before = visit.label(LOSS);
            int place = visit.number("scrollY");
            assertThat(place).isPositive();

            now.set(SampleReports.running(8));
            visit.page.waitForCondition(() -> !visit.label(LOSS).equals(before));
            assertThat(visit.page.locator(".progress").innerText()).contains("epoch 8 of 30");
            assertThat(visit.number("scrollY")).isEqualTo(place);
            assertThat(visit.page.locator(LOSS + " .switch button").last().getAttribute("aria-pressed"))
                    .isEqualTo("true");
            assertThat(visit.page.locator(LOSS + " .legend button").last().getAttribute("aria-pressed"))
                    .isEqualTo("false");
            assertThat(visit.page.locator(LOSS).getByText("Whole range").isVisible())
                    .isTrue();

            JsonObject over = SampleReports.healthy();
            now.set(over);
            visit.page.waitForCondition(() -> visit.page.locator("#confusion").count() == 1);
            assertThat(live.isVisible()).isFalse();
            assertThat(visit.page.locator(LOSS).getByText("Whole range").isVisible())
                    .isTrue();
            int asked = visit.requests.size();
            visit.page.waitForTimeout(2_500);
            assertThat(visit.requests).hasSize(asked);
            assertThat(visit.complaints).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whenTheRunsServerIsGoneThePageSaysSoAndStays() throws Exception {
        String page = ReportPage.of(SampleReports.running(5));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (Chromium.Visit visit = chromium.visit(address, 1600, ColorScheme.LIGHT, false)) {
            server.stop(0);
            Locator live = visit.page.locator(".live");
            visit.page.waitForCondition(() -> live.innerText().startsWith("No answer from the run"));
            assertThat(visit.page.locator(".plot canvas").count()).isEqualTo(14);
        }
    }
}
