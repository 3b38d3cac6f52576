package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are watched are what they are without; whoever watches badly harms nobody. */
class MonitoringIT {
    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://[^ ]*/)metrics");

    @TempDir
    Path folder;

    private Nurture nurture;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void nurture() {
        nurture = new Nurture(folder);
    }

    private Nurture.Started watched(String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "run",
                Nurture.shipped("digits"),
                "--run-dir",
                name,
                "--progress",
                "none",
                "--metrics-port",
                "0",
                "metrics.targets=" + folder.resolve("targets")));
        command.addAll(List.of(more));
        return nurture.start(command.toArray(String[]::new));
    }

    private static String address(Nurture.Started run) throws IOException, InterruptedException {
        return run.awaitMessage(ADDRESS);
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRunThatIsScrapedAllTheTimeIsTheSameToTheBit() throws Exception {
        nurture.run("run", Nurture.shipped("digits"), "--run-dir", "alone", "--progress", "none")
                .exits(0);
        Nurture.Started run = watched("watched", "--metrics-linger", "1s", "--tensorboard");
        String address = address(run);
        int answers = 0;
        while (run.process().isAlive()) {
            try {
                answers += get(address + "metrics").statusCode() == 200 ? 1 : 0;
                assertThat(get(address + "data.json").body()).startsWith("{");
            } catch (IOException e) {
                // The run may end between the look and the question.
                run.process().waitFor(5, TimeUnit.SECONDS);
            }
        }
        // Two listeners of one plugin do not get in each other's way.
        assertThat(run.end().exits(0).err().lines()).hasSize(2).allMatch(line -> line.startsWith("note: metrics "));
        assertThat(Nurture.names(folder.resolve("watched/tensorboard")))
                .singleElement()
                .asString()
                .startsWith("events.out.tfevents.");
        assertThat(answers).isGreaterThan(10);
        RunFolder watched = new RunFolder(folder.resolve("watched"));
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        assertThat(watched.metricsBytes()).isEqualTo(alone.metricsBytes());
        assertThat(watched.latest()).hasSameBinaryContentAs(alone.latest());
        assertThat(Nurture.names(folder.resolve("targets"))).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            String taken = "metrics cannot be served at 127.0.0.1:" + port + " (Address already in use)";
            Nurture.Outcome goesOn = nurture.run(
                            "run",
                            Nurture.shipped("digits"),
                            "--run-dir",
                            "goes-on",
                            "--progress",
                            "none",
                            "--metrics-port",
                            port)
                    .exits(0);
            assertThat(goesOn.err()).isEqualTo("warning: " + taken + "; the run goes on without metrics\n");

            Nurture.Outcome refused = nurture.run(
                            "run",
                            Nurture.shipped("digits"),
                            "--run-dir",
                            "refused",
                            "--progress",
                            "none",
                            "--metrics-port",
                            port,
                            "metrics.required=true")
                    .exits(2);
            assertThat(refused.err()).isEqualTo("error: metrics.required is true, and " + taken + "\n");
            RunFolder run = new RunFolder(folder.resolve("refused"));
            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.path().resolve("metrics.csv")).doesNotExist();
        }
    }

    /** Two thousand that begin to ask and never end, and as many that ask and never read. */
    @Test
    void stuckSocketsKeepNobodyFromBeingAnswered() throws Exception {
        Nurture.Started run = watched("crowded", "training.epochs=100000");
        String address = address(run);
        URI uri = URI.create(address);
        List<SocketChannel> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                SocketChannel socket =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
                stuck.add(socket);
                String request = i % 4 == 0
                        ? "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20)
                        : "GET /metrics HTTP/1.1\r\nHost: x\r\nX: ";
                socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            }
            for (int i = 0; i < 10; i++) {
                // Within the five seconds of its limit, or it throws.
                assertThat(get(address + "metrics").body()).contains("nurture_train_steps_total");
            }
            assertThat(run.process().isAlive()).isTrue();
        } finally {
            for (SocketChannel socket : stuck) {
                socket.close();
            }
        }
        run.signal("TERM");
        run.end().exits(143);
        assertThat(new RunFolder(folder.resolve("crowded")).status()).isEqualTo("interrupted");
    }

    @Test
    void aRunThatIsTakenUpAgainIsWatchedAsItIsSaidThen() throws Exception {
        Nurture.Started run = watched("cut", "training.epochs=100000");
        awaitEpoch(address(run));
        run.signal("TERM");
        run.end().exits(143);
        Nurture.Started again =
                nurture.start("resume", "cut", "--progress", "none", "--metrics-port", "0", "--metrics-linger", "0s");
        String address = address(again);
        assertThat(get(address + "metrics").body()).contains("run=\"cut\"");
        again.signal("TERM");
        again.end().exits(143);
        assertThat(Nurture.names(folder.resolve("targets"))).isEmpty();
    }

    private void awaitEpoch(String address) throws IOException, InterruptedException {
        while (!Pattern.compile("(?m)^nurture_train_epoch.* [1-9]")
                .matcher(get(address + "metrics").body())
                .find()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void aSignalEndsTheWaitAndTheRunIsWhatItWas() throws Exception {
        Nurture.Started run = watched("lingers", "training.epochs=2", "--metrics-linger", "1h");
        String address = address(run);
        while (!get(address + "metrics").body().contains("state=\"succeeded\"} 1.0")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        run.signal("INT");
        Nurture.Outcome outcome = run.end();
        assertThat(outcome.err()).contains("note: metrics stay for 3600 s; Ctrl-C ends that\n");
        assertThat(new RunFolder(folder.resolve("lingers")).exit()).isEqualTo(outcome.exit());
        assertThat(Nurture.names(folder.resolve("targets"))).isEmpty();
    }

    @Test
    void onlyWhatIsTimeIsTakenForTime() throws Exception {
        nurture.run("run", Nurture.shipped("digits"), "--metrics-linger", "soon")
                .refuses("error: Invalid value for option '--metrics-linger': 'soon' is no time such as 30s, 5m or 1h\n"
                        + "See: nurture run --help");
    }
}
