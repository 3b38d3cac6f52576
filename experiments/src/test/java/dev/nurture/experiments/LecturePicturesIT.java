package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.nurture.lecture.figure.ActivationFunctions;
import dev.nurture.lecture.figure.Bars;
import dev.nurture.lecture.figure.Curves;
import dev.nurture.lecture.figure.LayerHistograms;
import dev.nurture.lecture.figure.LayerLines;
import dev.nurture.lecture.figure.Ravine;
import dev.nurture.lecture.figure.Regions;
import dev.nurture.lecture.figure.Sweep;
import dev.nurture.lecture.page.Answer;
import dev.nurture.lecture.page.ClaimView;
import dev.nurture.lecture.page.FigureView;
import dev.nurture.lecture.page.LecturePage;
import dev.nurture.lecture.page.PartView;
import dev.nurture.plugins.activations.ActivationsPlugin;
import dev.nurture.plugins.optimizers.OptimizersPlugin;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lecture's pictures, made by the built-in plugins, and its page, in a real browser. */
class LecturePicturesIT {
    /** Names what is written beyond the picture, or over something else that is written. */
    private static final String ILL_PLACED = """
            () => {
              const root = document.documentElement;
              const view = root.getBoundingClientRect();
              const texts = [...root.querySelectorAll('text')].map(node => {
                const {left, right, top, bottom} = node.getBoundingClientRect();
                // What is written has less height than its box.
                const inset = (bottom - top) * 0.2;
                return {text: node.textContent, left, right, top: top + inset, bottom: bottom - inset};
              });
              const beyond = texts.filter(one => one.left < view.left || one.right > view.right
                || one.top < view.top || one.bottom > view.bottom).map(one => 'beyond: ' + one.text);
              const over = texts.flatMap((one, i) => texts.slice(0, i).filter(other => one.left < other.right
                && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
                .map(other => other.text + ' under ' + one.text));
              return [...beyond, ...over];
            }""";

    @TempDir
    static Path folder;

    private static final Map<String, String> PICTURES = new LinkedHashMap<>();
    private static Chromium chromium;

    @BeforeAll
    static void draw() throws IOException {
        chromium = Chromium.start();
        Map<String, JsonObject> runs = new LinkedHashMap<>();
        runs.put("healthy", SampleReports.healthy());
        runs.put("one_epoch", SampleReports.oneEpoch());
        runs.put("rate_1e6", SampleReports.diverging());
        add("curves", new Curves("train_loss", false, true, false).draw("Curves", runs));
        add("steps", new Curves("loss", false, false, true).draw("Steps", runs));
        Map<String, JsonObject> many = new LinkedHashMap<>();
        for (int i = 0; i < 14; i++) {
            many.put("learning_rate_1.0e-" + i, runs.get(i % 5 == 4 ? "rate_1e6" : "healthy"));
        }
        add("many", new Curves("validation_accuracy", false, false, false).draw("Many", many));
        add("histograms", new LayerHistograms(List.of()).draw("Histograms", runs));
        add("layers", new LayerLines("std", List.of(), false, true).draw("Layers", runs));
        add("updates", new LayerLines("update_ratio", List.of("dense_1.weight"), true, true).draw("Updates", runs));
        TreeMap<Double, JsonObject> line = new TreeMap<>();
        for (double rate : new double[] {1e-5, 1e-4, 1e-3, 1e-2, 1e-1}) {
            line.put(rate, runs.get(rate > 0.05 ? "rate_1e6" : "healthy"));
        }
        add(
                "sweep",
                new Sweep("test_accuracy", "learning rate", true, false, false)
                        .draw("Sweep", Map.of("with batch normalization", line)));
        Map<String, Double> bars = new LinkedHashMap<>();
        List.of("net_1", "net_2", "a net with a name that is far too long to stand")
                .forEach(name -> bars.put(name, 0.96));
        bars.put("five_together", 0.9712);
        bars.put("never", Double.POSITIVE_INFINITY);
        add("bars", new Bars("test_accuracy", Set.of("five_together")).draw("Bars", bars));
        add("regions", new Regions().draw("Regions", Map.of("plane", SampleReports.plane())));
        Map<String, JsonObject> planes = new LinkedHashMap<>();
        Stream.of("without", "with a little", "with much", "with more")
                .forEach(name -> planes.put(name, SampleReports.plane()));
        add("four_regions", new Regions().draw("Regions", planes));
        add("activations", new ActivationFunctions().draw("Activations", activations()));
        add("ravine", new Ravine(60).draw("Ravine", optimizers()).svg());
    }

    private static void add(String name, String svg) throws IOException {
        PICTURES.put(name, svg);
        Files.writeString(folder.resolve(name + ".svg"), svg);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Makes a part as a definition does that sets no parameter but those given. */
    private static Object make(Plugin plugin, Class<?> type, String name, Map<String, Object> set) {
        Factory<?> factory = plugin.factories().stream()
                .filter(one -> one.name().equals(name) && type.isAssignableFrom(one.type()))
                .findFirst()
                .orElseThrow();
        return factory.create().apply(new Settings() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T get(Param<T> param) {
                return (T) set.getOrDefault(param.name(), param.fallback());
            }
        });
    }

    private static Map<String, ActivationLayer> activations() {
        Map<String, ActivationLayer> activations = new LinkedHashMap<>();
        ActivationsPlugin plugin = new ActivationsPlugin();
        for (Factory<?> factory : plugin.factories()) {
            Object made = make(plugin, factory.type(), factory.name(), Map.of());
            activations.put(
                    factory.name(),
                    made instanceof Activation activation ? ActivationLayer.of(activation) : (ActivationLayer) made);
        }
        return activations;
    }

    private static Map<String, Optimizer> optimizers() {
        Map<String, Optimizer> optimizers = new LinkedHashMap<>();
        OptimizersPlugin plugin = new OptimizersPlugin();
        Map.of("sgd", 0.03, "momentum", 0.01, "adam", 0.5, "rmsprop", 0.1, "adagrad", 1.0).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> optimizers.put(entry.getKey(), (Optimizer)
                        make(plugin, Optimizer.class, entry.getKey(), Map.of("learning_rate", entry.getValue()))));
        return optimizers;
    }

    static Stream<Arguments> views() {
        return Stream.of(
                        "curves",
                        "steps",
                        "many",
                        "histograms",
                        "layers",
                        "updates",
                        "sweep",
                        "bars",
                        "regions",
                        "four_regions",
                        "activations",
                        "ravine")
                .flatMap(name -> Stream.of(400, 1600).map(width -> Arguments.of(name, width)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void nothingThatIsWrittenLiesBeyondThePictureOrOnSomethingElse(String name, int width) {
        String address = folder.resolve(name + ".svg").toUri().toString();
        try (Chromium.Visit visit = chromium.visit(address, width, ColorScheme.LIGHT, true)) {
            assertThat(visit.page.evaluate(ILL_PLACED)).isEqualTo(List.of());
            assertThat(visit.complaints).isEmpty();
            assertThat(visit.requests).containsExactly(address);
            String paper = "getComputedStyle(document.querySelector('.fp')).fill";
            assertThat(visit.page.evaluate(paper)).isEqualTo("rgb(255, 255, 255)");
            visit.in(ColorScheme.DARK);
            assertThat(visit.page.evaluate(paper)).isEqualTo("rgb(27, 31, 35)");
            visit.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(visit.page.evaluate(paper)).isEqualTo("rgb(255, 255, 255)");
        }
    }

    /** sigmoid(5) = 1/(1 + e^-5), and its slope is at most 1/4; the slope of prelu begins at 0.25; maxout of 2 is |x| - 1. */
    @Test
    void theBuiltInActivationsAreThoseOfTheirFormulas() {
        assertThat(PICTURES.get("activations"))
                .contains("sigmoid: f(-5) = 0.00669, f(0) = 0.5, f(5) = 0.993, derivative from 0.00665 to 0.25;")
                .contains("tanh: f(-5) = −1, f(0) = 0, f(5) = 1, derivative from 1.82e−4 to 1;")
                .contains("prelu: f(-5) = −1.25, f(0) = 0, f(5) = 5, derivative from 0.25 to 1;")
                .contains("maxout: f(-5) = 4, f(0) = −1, f(5) = 4, derivative from −1 to 1;");
    }

    private static String page(boolean withRed) {
        List<ClaimView> claims = List.of(
                new ClaimView(
                        "tanh_small",
                        "1",
                        "with small random weights the activations of deep layers die",
                        ".2131 .0476 .01063 .00238 .00053 .00012 2.6e-5 6e-6 1e-6 0",
                        "0.2134 0.0477 0.0107 0.00238 5.3e-4",
                        Answer.GREEN,
                        1.3,
                        ""),
                new ClaimView(
                        "whiten",
                        "",
                        "whitened inputs need the fewest steps",
                        "",
                        "whiten 35, none 412",
                        withRed ? Answer.RED : Answer.GREEN,
                        12,
                        withRed ? "whiten < none: 412 is not below 35, and that is said at some length here" : ""),
                new ClaimView(
                        "cifar",
                        "6",
                        "the initial loss is ln 10",
                        "2.30261216167",
                        "",
                        Answer.NO_DATA,
                        Double.NaN,
                        "nurture data fetch cifar10"));
        String text = """
                # Weight initialization

                If all weights are zero, nothing tells the units apart. `nurture lecture initialization` shows it.

                ![Ten layers](pictures/histograms.svg)

                | initializer | for |
                |---|---|
                | he | relu |

                ```
                $ engine/bin/nurture run experiments/lecture/initialization/tanh.yaml 'model[0].initializer={type: normal, std: 0.01}'
                ```

                ## What to change next

                - the scale of the weights
                - the activation
                """;
        List<FigureView> figures = PICTURES.entrySet().stream()
                .map(entry -> new FigureView(entry.getKey(), "The picture " + entry.getKey(), entry.getValue()))
                .toList();
        return LecturePage.of(new LecturePage.Page(
                "Training neural networks",
                List.of(
                        new PartView("initialization", "Weight initialization", text, claims, figures),
                        new PartView("updates", "Parameter updates", "Short.", claims, List.of()))));
    }

    @Test
    void thePageIsOneFileThatFitsScreensOfAllWidthsAndPaper() throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), page(true));
        String address = file.toUri().toString();
        for (int width : List.of(400, 861, 1600)) {
            try (Chromium.Visit visit = chromium.visit(address, width, ColorScheme.LIGHT, true)) {
                assertThat(visit.number("document.scrollingElement.scrollWidth"))
                        .isEqualTo(width);
                assertThat(visit.complaints).isEmpty();
                assertThat(visit.requests)
                        .filteredOn(url -> !url.startsWith("data:"))
                        .containsExactly(address);
                assertThat(visit.page.locator("h2").allInnerTexts())
                        .containsExactly("All claims", "Weight initialization", "Parameter updates");
                assertThat(visit.page.locator(".picture > svg").count()).isEqualTo(PICTURES.size());
                assertThat(visit.number(
                                "Math.round(document.querySelector('.picture > svg').getBoundingClientRect().width)"))
                        .isBetween(width == 400 ? 340 : 690, width == 400 ? 400 : 760);
                assertThat(visit.number(
                                "[...document.querySelectorAll('[role=img]')].filter(one => !one.ariaLabel).length"))
                        .isZero();
                assertThat(visit.page.evaluate("getComputedStyle(document.querySelector('.picture .s0')).stroke"))
                        .isEqualTo("rgb(10, 63, 145)");
                visit.in(ColorScheme.DARK);
                assertThat(visit.page.evaluate("getComputedStyle(document.querySelector('.picture .s0')).stroke"))
                        .isEqualTo("rgb(74, 134, 238)");
                assertThat(new String(visit.page.pdf(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("%PDF-");
            }
        }
    }

    @Test
    void onANarrowScreenEachValueStandsBesideWhatItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("narrow.html"), page(false));
        try (Chromium.Visit visit = chromium.visit(file.toUri().toString(), 400, ColorScheme.LIGHT, true)) {
            assertThat(visit.page.locator(".claims.all thead").isVisible()).isFalse();
            assertThat(visit.page.evaluate(
                            "getComputedStyle(document.querySelector('.claims.all td[data-head=Measured]'),"
                                    + " '::before').content"))
                    .isEqualTo("\"Measured\"");
        }
        try (Chromium.Visit visit = chromium.visit(file.toUri().toString(), 1600, ColorScheme.LIGHT, true)) {
            assertThat(visit.page.locator(".claims.all thead").isVisible()).isTrue();
        }
    }
}
