package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.monitoring.dashboards.DashboardQueries;
import dev.nurture.monitoring.dashboards.DashboardQueries.PanelQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus watches a real run, and every panel of every dashboard has something to show. */
class PrometheusIT {
    private static final Path DASHBOARDS =
            Nurture.EXPERIMENTS.resolveSibling("monitoring/grafana/dashboards").normalize();

    @TempDir
    Path folder;

    @Test
    void everyPanelShowsAConvolutionalRun() throws Exception {
        String mnist = PublicDataIT.published("mnist");
        PrometheusServer.needs("promtool");
        Nurture nurture = new Nurture(Files.createDirectories(folder.resolve("work")))
                .with("NURTURE_DATA", folder.resolve("data"))
                .within(300);
        nurture.run("data", "fetch", "mnist", "--from", mnist).exits(0);
        try (PrometheusServer prometheus = PrometheusServer.start(folder.resolve("prometheus"))) {
            Nurture.Started run = nurture.start(
                    "run",
                    Nurture.shipped("mnist_cnn"),
                    "data.limit=6000",
                    "training.epochs=2",
                    "expect=null",
                    "--run-dir",
                    "run",
                    "--metrics-port",
                    "0",
                    "--metrics-linger",
                    "120s",
                    "metrics.targets=" + prometheus.targets());
            try {
                String of = "{experiment=\"mnist_cnn\",run=\"run\"}";
                prometheus.await(
                        "the run is seen to end",
                        () -> prometheus.value("nurture_run_state{state=\"succeeded\",run=\"run\"}") == 1);
                RunFolder left = new RunFolder(nurture.folder().resolve("run"));

                List<PanelQuery> queries = DashboardQueries.of(DASHBOARDS, "mnist_cnn", "run");
                assertThat(queries).hasSizeGreaterThan(40);
                Set<String> empty = new TreeSet<>();
                for (PanelQuery query : queries) {
                    if (prometheus.query(query.expr()).isEmpty()) {
                        empty.add(query.toString());
                    }
                }
                assertThat(empty).isEmpty();

                // What Prometheus has is what the run says of itself.
                assertThat(prometheus.value("nurture_loss{split=\"test\",run=\"run\"}"))
                        .isEqualTo(left.metric("test_loss"));
                assertThat(prometheus.value("nurture_accuracy{split=\"validation\",run=\"run\"}"))
                        .isEqualTo(left.metric("validation_accuracy"));
                assertThat(prometheus.value("nurture_train_steps_total" + of)).isEqualTo(left.latestStep());
                assertThat(prometheus.value("sum(nurture_phase_seconds_total" + of + ")"))
                        .isPositive();
                assertThat(prometheus.values("nurture_loss{split=\"batch\",run=\"run\"}[5m]").stream()
                                .distinct()
                                .count())
                        .isGreaterThan(5);
                assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();

                assertThat(lint(metrics(prometheus))).isEmpty();
            } finally {
                run.signal("TERM");
                run.end();
            }
        }
    }

    /** Returns what a run answers that is registered with a Prometheus. */
    private static String metrics(PrometheusServer prometheus) throws IOException, InterruptedException {
        List<String> registered = Nurture.names(prometheus.targets());
        assertThat(registered).hasSize(1);
        String target = Files.readString(prometheus.targets().resolve(registered.get(0)))
                .replaceAll("(?s).*\"(127[.]0[.]0[.]1:[0-9]+)\".*", "$1");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + target + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Returns what promtool says of metrics. */
    private String lint(String metrics) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("metrics.txt"), metrics);
        Path output = folder.resolve("promtool.txt");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    /** A run that is over leaves Prometheus alone, and one that was too short to be watched can be shown afterwards. */
    @Test
    void aRunThatNobodyWatchedIsBackfilled() throws Exception {
        PrometheusServer.needs("promtool");
        Nurture nurture = new Nurture(Files.createDirectories(folder.resolve("work")));
        nurture.run("run", Nurture.shipped("digits"), "--run-dir", "short", "--progress", "none")
                .exits(0);
        nurture.run("export-metrics", "short", "-o", "short.om").exits(0);
        Path server = Files.createDirectories(folder.resolve("prometheus"));
        Process backfill = new ProcessBuilder(
                        "promtool",
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        nurture.folder().resolve("short.om").toString(),
                        server.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("backfill.txt").toFile())
                .start();
        assertThat(backfill.waitFor())
                .as(Files.readString(folder.resolve("backfill.txt")))
                .isZero();
        RunFolder run = new RunFolder(nurture.folder().resolve("short"));
        try (PrometheusServer prometheus = PrometheusServer.start(server)) {
            List<Double> losses = prometheus.values("nurture_loss{split=\"validation\",run=\"short\"}[1h]");
            List<Double> logged = new ArrayList<>();
            run.metrics().forEach(row -> logged.add(Double.parseDouble(row[5])));
            assertThat(losses).isNotEmpty().isSubsetOf(logged);
            assertThat(losses.get(losses.size() - 1)).isEqualTo(logged.get(logged.size() - 1));
            assertThat(prometheus.value("count(last_over_time(nurture_layer_update_ratio{run=\"short\"}[1h]))"))
                    .isEqualTo(8);
        }
    }
}
