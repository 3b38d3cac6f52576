package dev.nurture.monitoring;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Param;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.Settings;
import dev.nurture.spi.StepStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Serves metrics for Prometheus and the page of the run, and tells Prometheus where. */
final class MetricsListener implements RunListener {
    private static final Param<Integer> PORT = Param.integer("port")
            .in("[0, 65535]")
            .or(9464)
            .doc("where metrics and the run's page are served; 0 takes a free one");
    private static final Param<String> HOST =
            Param.text("host").or("127.0.0.1").doc("the address to serve at; another than the loopback lets others in");
    private static final Param<Boolean> REQUIRED =
            Param.flag("required").or(false).doc("refuses to start when the port is taken");
    private static final Param<Double> LINGER = Param.number("linger")
            .in("[0, 86400]")
            .or(0.0)
            .doc("seconds for which it goes on serving after the end, so that the last values are fetched");
    private static final Param<Path> TARGETS = Param.path("targets")
            .optional()
            .doc("the folder of Prometheus' file discovery; by default nurture/targets in the user's state folder");

    static final Factory<RunListener> FACTORY = new Factory<>(
            RunListener.class,
            "metrics",
            "Serves metrics for Prometheus at /metrics, and the run's page at /.",
            java.util.List.of(PORT, HOST, REQUIRED, LINGER, TARGETS),
            MetricsListener::new);

    private final int port;
    private final String host;
    private final boolean required;
    private final double linger;
    private final Path targets;

    MetricsListener(Settings settings) {
        port = settings.get(PORT);
        host = settings.get(HOST);
        required = settings.get(REQUIRED);
        linger = settings.get(LINGER);
        Path given = settings.get(TARGETS);
        targets = given == null ? DiscoveryFile.defaultFolder() : given;
    }

    @Override
    public Session open(Run run) throws IOException, Refusal {
        RunMeters meters = new RunMeters(run);
        MetricsServer server;
        try {
            server = MetricsServer.start(host, port, meters, run.report());
        } catch (IOException e) {
            meters.close();
            if (required) {
                throw new Refusal("metrics.required is true, and " + e.getMessage());
            }
            throw new IOException(e.getMessage() + "; the run goes on without metrics", e);
        }
        run.say("metrics at " + server.address() + "metrics, the run's page at " + server.address());
        DiscoveryFile discovery = new DiscoveryFile(targets, run.id());
        try {
            discovery.register(server.target());
        } catch (IOException e) {
            run.warn("Prometheus cannot be told of the run: " + e.getMessage());
        }
        return new Serving(run, meters, server, discovery);
    }

    /** What is open while a run lasts. */
    private final class Serving implements Session {
        private final Run run;
        private final RunMeters meters;
        private final MetricsServer server;
        private final DiscoveryFile discovery;

        Serving(Run run, RunMeters meters, MetricsServer server, DiscoveryFile discovery) {
            this.run = run;
            this.meters = meters;
            this.server = server;
            this.discovery = discovery;
        }

        @Override
        public void stage(String name) {
            meters.stage(name);
        }

        @Override
        public void checked(String check, Finding.Severity gravest) {
            meters.checked(check, gravest);
        }

        @Override
        public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
            meters.stepped(step, loss, penalty, learningRate, seconds);
        }

        @Override
        public void sampled(StepStatistics statistics) {
            meters.sampled(statistics);
        }

        @Override
        public void evaluated(Monitor.EpochStatistics statistics) {
            meters.evaluated(statistics);
        }

        @Override
        public void found(Finding finding) {
            meters.found(finding);
        }

        @Override
        public void saved(long step) {
            meters.saved();
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            meters.finished(status, metrics);
            if (linger > 0) {
                run.say("metrics stay for " + Math.round(linger) + " s; Ctrl-C ends that");
                try {
                    Thread.sleep((long) (linger * 1000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            try {
                discovery.leave();
            } catch (IOException e) {
                run.warn("Prometheus cannot be told that the run is over: " + e.getMessage());
            }
            server.close();
            meters.close();
        }
    }
}
