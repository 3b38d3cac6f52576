package dev.nurture.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback device whose files and faults a test sets. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();

    /** Whether ranges are served. */
    volatile boolean ranges = true;

    /** Whether the length is announced. */
    volatile boolean lengths = true;

    /** After so many bytes of a body the connection is closed; negative: never. */
    volatile int cutAfter = -1;

    /** After so many bytes of a body nothing more is sent; negative: never. */
    volatile int silentAfter = -1;

    FileServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://" + authority() + "/" + path);
    }

    String authority() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    void put(String path, byte[] content) {
        files.put("/" + path, content);
    }

    void redirect(String path, String target) {
        redirects.put("/" + path, "/" + target);
    }

    /** Returns path and range of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + (range == null ? "" : " " + range));
        byte[] file = files.get(path);
        if (redirects.containsKey(path)) {
            exchange.getResponseHeaders().set("Location", redirects.get(path));
            exchange.sendResponseHeaders(302, -1);
        } else if (file == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= file.length && from > 0) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
                exchange.sendResponseHeaders(416, -1);
            } else {
                send(exchange, file, from);
            }
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, byte[] file, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, lengths ? file.length - from : 0);
        int length = file.length - from;
        if (cutAfter >= 0) {
            length = Math.min(length, cutAfter);
        }
        if (silentAfter >= 0) {
            length = Math.min(length, silentAfter);
        }
        OutputStream body = exchange.getResponseBody();
        body.write(file, from, length);
        body.flush();
        if (silentAfter >= 0) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}
