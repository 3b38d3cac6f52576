package dev.nurture.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.PlainRun;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import dev.nurture.testkit.RunListenerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteTest extends RunListenerContract {
    private static final int TAKEN = 204;

    /** Looks inside and epochs of a {@link PlainRun}, and its end. */
    private static final int SNAPSHOTS = 200 + 40 + 1;

    @TempDir
    Path folder;

    private Endpoint endpoint;
    private final AtomicLong clock = new AtomicLong(1_768_472_100_000L);

    @BeforeEach
    void listen() throws IOException {
        endpoint = new Endpoint(request -> TAKEN);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    /** The contract holds for one that pushes as well. */
    @Override
    protected RunListener create() {
        return listener(Map.of("push", endpoint.address().toString()));
    }

    private RunListener listener(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("port", 0, "targets", folder.resolve("targets")));
        settings.putAll(more);
        return MapSettings.create(MetricsListener.FACTORY, settings);
    }

    /** A listener that only pushes. */
    private final class Pushing implements RunListener.Session {
        private final RunMeters meters;
        private final RemoteWrite remote;

        Pushing(URI target, PlainRun run, int capacity, long flushedWithin) {
            meters = new RunMeters(run);
            remote = new RemoteWrite(target, run, capacity, clock::incrementAndGet, flushedWithin);
        }

        @Override
        public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
            meters.stepped(step, loss, penalty, learningRate, seconds);
        }

        @Override
        public void sampled(StepStatistics statistics) {
            meters.sampled(statistics);
            remote.offer(meters);
        }

        @Override
        public void evaluated(Monitor.EpochStatistics statistics) {
            meters.evaluated(statistics);
            remote.push(meters);
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            meters.finished(status, metrics);
            remote.push(meters);
        }

        @Override
        public void close() {
            remote.close();
            meters.close();
        }

        long counted(String name) {
            return remote.counters().stream()
                    .filter(counter -> counter.name().equals(name))
                    .mapToLong(counter -> (long) counter.value().getAsDouble())
                    .sum();
        }
    }

    @Test
    void everyRequestKeepsToTheSpecification() throws Exception {
        try (PlainRun run = new PlainRun(1)) {
            run.tell(create().open(run));
        }
        assertThat(endpoint.requests()).hasSizeGreaterThan(2).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("snappy");
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
            assertThat(request.headers().getFirst("X-Prometheus-Remote-Write-Version"))
                    .isEqualTo("0.1.0");
            assertThat(request.headers().getFirst("User-Agent")).isEqualTo("nurture/1.0");
            assertThat(Endpoint.points(request).values().stream()
                            .mapToInt(List::size)
                            .sum())
                    .isBetween(1, 2000);
        });
        assertThat(endpoint.points().values())
                .allSatisfy(points -> assertThat(points)
                        .extracting(Endpoint.Point::millis)
                        .isSorted()
                        .doesNotHaveDuplicates());
    }

    @Test
    void theLastValuesAreThoseOfAScrape() throws Exception {
        Map<String, Double> scraped;
        long before = System.currentTimeMillis();
        try (PlainRun run = new PlainRun(1);
                RunListener.Session session = create().open(run)) {
            run.tell(Relay.open(session));
            scraped = new TreeMap<>(scrape(run));
        }
        assertThat(scraped.get("nurture_push_failures_total")).isZero();
        assertThat(scraped).containsKeys("nurture_push_samples_total", "nurture_push_dropped_total");
        scraped.keySet()
                .removeIf(name -> !name.startsWith("nurture_")
                        || name.startsWith("nurture_step_seconds")
                        || name.startsWith("nurture_push_"));
        Map<String, Double> pushed = new TreeMap<>();
        endpoint.points().forEach((series, points) -> {
            Endpoint.Point last = points.get(points.size() - 1);
            assertThat(last.millis()).isBetween(before, System.currentTimeMillis() + 1000);
            pushed.put(series, last.value());
        });
        pushed.keySet().removeIf(name -> name.startsWith("nurture_push_"));
        assertThat(pushed).isEqualTo(scraped).hasSizeGreaterThan(40);
    }

    private static Map<String, Double> scrape(PlainRun run) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(MetricsListenerTest.address(run) + "metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return MetricsListenerTest.values(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    @Test
    void oneThatFailsForATimeMissesNothing() throws Exception {
        try (Endpoint unwell = new Endpoint(request -> request == 0 ? 500 : request == 1 ? 429 : TAKEN);
                PlainRun run = new PlainRun(1)) {
            Pushing pushing = new Pushing(unwell.address(), run, 100_000, 5000);
            List<Endpoint.Point> expected = new ArrayList<>();
            run.tell(new Relay(pushing) {
                @Override
                public void sampled(StepStatistics statistics) {
                    super.sampled(statistics);
                    expected.add(new Endpoint.Point(clock.get(), statistics.loss()));
                }
            });
            // The first that was taken is the third, and what was in the first.
            List<Endpoint.Request> requests = unwell.requests();
            assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
            assertThat(requests.get(2).body()).isEqualTo(requests.get(0).body());
            List<Endpoint.Point> taken = new ArrayList<>();
            requests.subList(2, requests.size())
                    .forEach(request -> taken.addAll(
                            Endpoint.points(request).getOrDefault("nurture_loss{split=\"batch\"}", List.of())));
            assertThat(taken).hasSize(SNAPSHOTS).containsAll(expected);
            assertThat(expected).hasSize(200);
            assertThat(pushing.counted("push_failures")).isEqualTo(2);
            assertThat(pushing.counted("push_dropped")).isZero();
            assertThat(pushing.counted("push_samples")).isGreaterThan(30L * SNAPSHOTS);
            assertThat(run.said())
                    .containsExactly("metrics cannot be pushed to " + unwell.address()
                            + " at present (500 it is so); it is tried again");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 307})
    void whatIsRefusedIsDroppedAndToldOfOnce(int status) throws Exception {
        try (Endpoint strict = new Endpoint(request -> request == 0 ? TAKEN : status);
                PlainRun run = new PlainRun(1)) {
            Pushing pushing = new Pushing(strict.address(), run, 100_000, 5000);
            run.tell(pushing);
            int requests = strict.requests().size();
            assertThat(requests).isGreaterThan(3);
            assertThat(pushing.counted("push_failures")).isEqualTo(requests - 1);
            assertThat(pushing.counted("push_samples")).isBetween(1L, 2000L);
            assertThat(pushing.counted("push_dropped")).isGreaterThan(30L * SNAPSHOTS);
            assertThat(run.said())
                    .containsExactly(strict.address() + " refuses metrics that are pushed (" + status
                            + " it is so); they are dropped");
        }
    }

    @Test
    void oneThatHangsStallsNobody() throws Exception {
        // Connections are made, and nobody ever reads from them.
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PlainRun run = new PlainRun(1)) {
            URI target = URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/write");
            Pushing pushing = new Pushing(target, run, 1000, 200);
            StepStatistics[] last = new StepStatistics[1];
            run.tell(Relay.open(new Relay(pushing) {
                @Override
                public void sampled(StepStatistics statistics) {
                    super.sampled(statistics);
                    last[0] = statistics;
                }
            }));
            // Connected, so that a request hangs while the calls are made.
            hanging.accept();
            long start = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                pushing.sampled(last[0]);
            }
            assertThat(seconds(start)).isLessThan(1);
            long before = pushing.counted("push_dropped");
            assertThat(before).isGreaterThan(30L * 1000);
            long end = System.nanoTime();
            pushing.close();
            assertThat(seconds(end)).isLessThan(5);
            long left = pushing.counted("push_dropped") - before;
            assertThat(left).isBetween(1000L, 3000L);
            assertThat(pushing.counted("push_samples")).isZero();
            assertThat(run.said()).containsExactly(left + " measured values were not pushed to " + target);
        }
    }

    @Test
    void oneThatIsNotThereStallsNobody() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        try (PlainRun run = new PlainRun(1)) {
            URI target = URI.create("http://127.0.0.1:" + port + "/write");
            Pushing pushing = new Pushing(target, run, 1000, 500);
            long start = System.nanoTime();
            run.tell(pushing);
            assertThat(seconds(start)).isLessThan(5);
            assertThat(pushing.counted("push_failures")).isPositive();
            assertThat(pushing.counted("push_dropped")).isGreaterThan(30L * SNAPSHOTS);
            assertThat(run.said()).hasSize(2);
            assertThat(run.said().get(0))
                    .startsWith("metrics cannot be pushed to " + target + " at present (")
                    .endsWith("); it is tried again");
            assertThat(run.said().get(1)).endsWith(" measured values were not pushed to " + target);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Test
    void aRunFasterThanTheClockIsSeenAtEachMillisecond() throws Exception {
        try (PlainRun run = new PlainRun(1);
                RunMeters meters = new RunMeters(run)) {
            long now = clock.get();
            try (RemoteWrite remote = new RemoteWrite(endpoint.address(), run, 1_000_000, () -> now, 5000)) {
                for (int i = 0; i < 3000; i++) {
                    remote.offer(meters);
                }
                remote.push(meters);
            }
            assertThat(endpoint.points().get("nurture_train_epoch"))
                    .extracting(Endpoint.Point::millis)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(now, now + 1001).boxed().toList());
        }
    }

    @Test
    void oneThatIsSentARunDoesNotScrapeItUnlessToldTo() throws Exception {
        Map<String, Object> settings =
                Map.of("port", 0, "push", endpoint.address().toString());
        Path usual = DiscoveryFile.defaultFolder();
        try (PlainRun run = new PlainRun(1)) {
            String file = ProcessHandle.current().pid() + "-" + run.id() + ".json";
            try (RunListener.Session session =
                    MapSettings.create(MetricsListener.FACTORY, settings).open(run)) {
                assertThat(session).isNotNull();
                assertThat(usual.resolve(file)).doesNotExist();
            }
            try (RunListener.Session session = listener(settings).open(run)) {
                assertThat(session).isNotNull();
                assertThat(folder.resolve("targets").resolve(file)).exists();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNoReasonNotToPush() throws Exception {
        try (PlainRun run = new PlainRun(1);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            Map<String, Object> settings =
                    Map.of("port", port, "push", endpoint.address().toString());
            run.tell(listener(settings).open(run));
            assertThat(run.said())
                    .containsExactly("metrics cannot be served at 127.0.0.1:" + port
                            + " (Address already in use); they are only pushed");
            assertThat(endpoint.points()).containsKey("nurture_accuracy{split=\"test\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9090",
                "ftp://127.0.0.1/write",
                "http:///write",
                "http://ada:secret@127.0.0.1/write",
                "http://127.0.0.1:99999/write",
                "http://a b/"
            })
    void whatIsNoAddressIsSaidBeforeTheRun(String push) {
        assertThatThrownBy(() -> listener(Map.of("push", push)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'push' is an address such as http://127.0.0.1:9090/api/v1/write, without a user, not '"
                        + push + "'");
    }

    @Test
    void whenTheQueueIsFullTheOldestGo() throws Exception {
        PushQueue queue = new PushQueue(3);
        Series series = new Series("a", new TreeMap<>());
        List<Sample> samples = LongStream.range(0, 10)
                .mapToObj(time -> new Sample(series, time, 1))
                .toList();
        queue.put(samples.subList(0, 6));
        queue.put(samples.subList(6, 10));
        assertThat(queue.dropped()).isEqualTo(7);
        assertThat(queue.take(2, TimeUnit.MINUTES.toMillis(1))).isEqualTo(samples.subList(7, 9));
        queue.close();
        assertThat(queue.take(2, TimeUnit.MINUTES.toMillis(1))).isEqualTo(samples.subList(9, 10));
        assertThat(queue.take(2, TimeUnit.MINUTES.toMillis(1))).isEmpty();
        queue.put(samples);
        assertThat(queue.size()).isZero();
        assertThat(queue.dropped()).isEqualTo(17);
        assertThat(queue.pause(TimeUnit.MINUTES.toMillis(1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 61, 127, 128, 65_535, 65_536, 65_537, 200_000})
    void whatIsPackedCanBeUnpacked(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        assertThat(Endpoint.unsnapped(Snappy.literals(data))).isEqualTo(data);
    }
}
