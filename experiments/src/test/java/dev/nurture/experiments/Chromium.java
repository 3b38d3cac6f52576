package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.nurture.testkit.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real browser: Debian's Chromium, or the one that {@code NURTURE_TEST_CHROMIUM} names. */
final class Chromium implements AutoCloseable {
    /** Names the charts without a pixel in the colour of one of their lines, or with no more than a few colours. */
    private static final String UNDRAWN = """
            () => [...document.querySelectorAll('.plot')].filter(plot => {
              const canvas = plot.querySelector('canvas');
              if (!canvas || canvas.width < 100) return true;
              // From a copy: the browser complains of a canvas that is read twice.
              const copy = new OffscreenCanvas(canvas.width, canvas.height)
                .getContext('2d', {willReadFrequently: true});
              const pixels = () => copy.getImageData(0, 0, canvas.width, canvas.height).data;
              const lines = plot.chart.spec.series.map((_, i) => {
                copy.fillStyle = plot.chart.colourOf(i);
                copy.fillRect(0, 0, 1, 1);
                return pixels().slice(0, 3);
              });
              copy.clearRect(0, 0, 1, 1);
              copy.drawImage(canvas, 0, 0);
              const data = pixels();
              const all = new Set(new Uint32Array(data.buffer));
              const near = (at, line) => data[at + 3] > 200
                && Math.abs(data[at] - line[0]) + Math.abs(data[at + 1] - line[1]) + Math.abs(data[at + 2] - line[2]) < 30;
              let coloured = 0;
              for (let at = 0; at < data.length; at += 4) {
                coloured += lines.some(line => near(at, line));
              }
              return coloured < 10 || all.size < 8;
            }).map(plot => plot.getAttribute('aria-label'))""";

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, or skips the test where there is none. */
    static Chromium start() {
        String named = System.getenv("NURTURE_TEST_CHROMIUM");
        Path executable = Path.of(named != null ? named : "/usr/bin/chromium");
        Needs.that(
                Files.isExecutable(executable),
                "there is no Chromium at " + executable + "; set NURTURE_TEST_CHROMIUM");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // A sandbox of its own is what Chromium cannot have as root.
        List<String> options = System.getProperty("user.name").equals("root") ? List.of("--no-sandbox") : List.of();
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(options));
        return new Chromium(playwright, browser);
    }

    /** Opens a page of its own at an address. */
    Visit visit(String address, int width, ColorScheme scheme, boolean offline) {
        return new Visit(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme)
                        .setOffline(offline)),
                address);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** A page that is open, with all that it asked for and complained of. */
    static final class Visit implements AutoCloseable {
        final BrowserContext context;
        final Page page;
        final List<String> requests = new ArrayList<>();
        final List<String> complaints = new ArrayList<>();

        private Visit(BrowserContext context, String address) {
            this.context = context;
            context.setDefaultTimeout(20_000);
            page = context.newPage();
            page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
            page.onPageError(complaints::add);
            page.onRequest(request -> requests.add(request.url()));
            page.navigate(address);
            frames();
        }

        /** Waits until what depends on the layout has been drawn. */
        private void frames() {
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }

        void in(ColorScheme scheme) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            frames();
        }

        int number(String expression) {
            return ((Number) page.evaluate(expression)).intValue();
        }

        /** Returns the picture that a chart is, as text. */
        String drawn(String chart) {
            return (String) page.evaluate("chart => document.querySelector(chart + ' canvas').toDataURL()", chart);
        }

        String label(String chart) {
            return page.locator(chart + " [role=img]").getAttribute("aria-label");
        }

        /** Asserts that every chart shows its lines. */
        void requireDrawn() {
            assertThat(page.evaluate(UNDRAWN)).isEqualTo(List.of());
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
