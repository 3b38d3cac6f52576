package dev.nurture.monitoring;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.nurture.spi.RunListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers {@code GET} and {@code HEAD} for a few exact paths. A connection costs no thread while its request is not whole
 * or its reader slow, so that any number of stuck ones, up to a limit, keeps no other from being answered.
 */
final class MetricsServer implements AutoCloseable {
    /** One accepts, one selects, the rest answer. */
    private static final int THREADS = 6;

    /** After so long without a byte a connection is closed. */
    private static final long IDLE_MILLIS = 10_000;

    private static final int MOST_CONNECTIONS = 4096;

    private final Server server;
    private final ServerConnector connector;

    private MetricsServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any free one
     * @throws IOException if it cannot; the message says where and why
     */
    static MetricsServer start(String host, int port, RunMeters meters, RunListener.Report report) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
        threads.setName("nurture-metrics");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new ConnectionLimit(mostConnections(), connector));
        server.setHandler(new Pages(meters, report));
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "metrics cannot be served at " + host + ":" + port + " (" + cause.getMessage() + ")", e);
        }
        return new MetricsServer(server, connector);
    }

    /** Returns how many connections may be open at once: no more than leave the run files to open. */
    private static int mostConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(MOST_CONNECTIONS, Math.max(16, unix.getMaxFileDescriptorCount() / 2))
                : MOST_CONNECTIONS;
    }

    /** Returns host and port. */
    String target() {
        String host = connector.getHost();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort();
    }

    /** Returns where a browser finds it. */
    String address() {
        return "http://" + target() + "/";
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            // Its threads are daemons: nothing waits for them.
            return;
        }
    }

    /** What there is to be had. */
    private static final class Pages extends Handler.Abstract.NonBlocking {
        private static final String TEXT = "text/plain; charset=utf-8";

        private final RunMeters meters;
        private final RunListener.Report report;

        Pages(RunMeters meters, RunListener.Report report) {
            this.meters = meters;
            this.report = report;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String path = Request.getPathInContext(request);
            boolean read = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            switch (path) {
                case "/metrics", "/-/healthy", "/", "/data.json" -> {
                    if (!read) {
                        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                        answer(405, TEXT, "only GET and HEAD\n", response, callback);
                        return true;
                    }
                }
                default -> {
                    answer(404, TEXT, "there are /metrics, /-/healthy and /\n", response, callback);
                    return true;
                }
            }
            switch (path) {
                case "/metrics" -> {
                    RunMeters.Scrape scrape = meters.scrape(request.getHeaders().get(HttpHeader.ACCEPT));
                    answer(200, scrape.contentType(), ByteBuffer.wrap(scrape.body()), response, callback);
                }
                case "/-/healthy" -> answer(200, TEXT, "ok\n", response, callback);
                case "/" -> answer(200, "text/html; charset=utf-8", report.page(), response, callback);
                default -> answer(200, "application/json", report.data(), response, callback);
            }
            return true;
        }

        private static void answer(int status, String type, String body, Response response, Callback callback) {
            answer(status, type, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), response, callback);
        }

        private static void answer(int status, String type, ByteBuffer body, Response response, Callback callback) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
            response.write(true, body, callback);
        }
    }
}
