package dev.nurture.monitoring;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Param;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.Settings;
import dev.nurture.spi.StepStatistics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

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
            .doc("the folder of Prometheus' file discovery, where the run registers; by default nurture/targets in the"
                    + " user's state folder, and none with push");

    private static final Param<String> PUSH = Param.text("push")
            .optional()
            .doc("where values are sent as they are measured: the remote-write address of a Prometheus, such as"
                    + " http://127.0.0.1:9090/api/v1/write");
    private static final Param<Integer> PUSH_QUEUE = Param.integer("push_queue")
            .in("[1, 10000000]")
            .or(100_000)
            .doc("how many values may wait to be sent; when there are more the oldest are dropped");

    /** How long the end of a run may wait for what is still to be sent, milliseconds. */
    private static final long PUSHED_WITHIN = 5000;

    static final Factory<RunListener> FACTORY = new Factory<>(
            RunListener.class,
            "metrics",
            "Serves metrics for Prometheus at /metrics, and the run's page at /; sends them too if told where to.",
            List.of(PORT, HOST, REQUIRED, LINGER, TARGETS, PUSH, PUSH_QUEUE),
            settings -> new MetricsListener(settings, System::currentTimeMillis, PUSHED_WITHIN));

    private final int port;
    private final String host;
    private final boolean required;
    private final double linger;
    private final Optional<Path> targets;
    private final Optional<URI> push;
    private final int pushQueue;
    private final LongSupplier clock;
    private final long pushedWithin;

    MetricsListener(Settings settings, LongSupplier clock, long pushedWithin) {
        this.clock = clock;
        this.pushedWithin = pushedWithin;
        port = settings.get(PORT);
        host = settings.get(HOST);
        required = settings.get(REQUIRED);
        linger = settings.get(LINGER);
        push = Optional.ofNullable(settings.get(PUSH)).map(RemoteWrite::target);
        pushQueue = settings.get(PUSH_QUEUE);
        // A Prometheus that is sent a run and scrapes it too has all of it twice, and sums that are double.
        Optional<Path> usual = push.isPresent() ? Optional.empty() : Optional.of(DiscoveryFile.defaultFolder());
        targets = Optional.ofNullable(settings.get(TARGETS)).or(() -> usual);
    }

    @Override
    public Session open(Run run) throws IOException, Refusal {
        RunMeters meters = new RunMeters(run);
        Optional<Service> service;
        try {
            service = Optional.of(serve(run, meters));
        } catch (IOException e) {
            if (required) {
                meters.close();
                throw new Refusal("metrics.required is true, and " + e.getMessage());
            }
            if (push.isEmpty()) {
                meters.close();
                throw new IOException(e.getMessage() + "; the run goes on without metrics", e);
            }
            run.warn(e.getMessage() + "; they are only pushed");
            service = Optional.empty();
        }
        Optional<RemoteWrite> pushed = push.map(target -> new RemoteWrite(target, run, pushQueue, clock, pushedWithin));
        pushed.ifPresent(remote -> remote.counters().forEach(meters::count));
        return new Listening(run, meters, service, pushed);
    }

    private Service serve(Run run, RunMeters meters) throws IOException {
        MetricsServer server = MetricsServer.start(host, port, meters, run.report());
        run.say("metrics at " + server.address() + "metrics, the run's page at " + server.address());
        Optional<DiscoveryFile> discovery = targets.map(folder -> new DiscoveryFile(folder, run.id()));
        if (discovery.isPresent()) {
            try {
                discovery.get().register(server.target());
            } catch (IOException e) {
                run.warn("Prometheus cannot be told of the run: " + e.getMessage());
            }
        }
        return new Service(run, server, discovery);
    }

    /** What others come to. */
    private record Service(Run run, MetricsServer server, Optional<DiscoveryFile> discovery) implements AutoCloseable {
        @Override
        public void close() {
            if (discovery.isPresent()) {
                try {
                    discovery.get().leave();
                } catch (IOException e) {
                    run.warn("Prometheus cannot be told that the run is over: " + e.getMessage());
                }
            }
            server.close();
        }
    }

    /** What is open while a run lasts. */
    private final class Listening implements Session {
        private final Run run;
        private final RunMeters meters;
        private final Optional<Service> service;
        private final Optional<RemoteWrite> pushed;

        Listening(Run run, RunMeters meters, Optional<Service> service, Optional<RemoteWrite> pushed) {
            this.run = run;
            this.meters = meters;
            this.service = service;
            this.pushed = pushed;
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
            pushed.ifPresent(remote -> remote.offer(meters));
        }

        @Override
        public void evaluated(Monitor.EpochStatistics statistics) {
            meters.evaluated(statistics);
            pushed.ifPresent(remote -> remote.push(meters));
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
            pushed.ifPresent(remote -> remote.push(meters));
            if (linger > 0 && service.isPresent()) {
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
            pushed.ifPresent(RemoteWrite::close);
            service.ifPresent(Service::close);
            meters.close();
        }
    }
}
