package dev.nurture.monitoring;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** What takes remote-write, written after its specification; answers as it is told. */
final class Endpoint implements AutoCloseable {
    private final HttpServer server;
    private final IntUnaryOperator status;
    private final List<Request> requests = new ArrayList<>();

    /** A request that came in. */
    record Request(String method, Headers headers, byte[] body) {}

    /** A value that came in. */
    record Point(long millis, double value) {}

    /** @param status the answer to each request, by its number from 0 */
    Endpoint(IntUnaryOperator status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/write", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int answer;
        synchronized (requests) {
            answer = status.applyAsInt(requests.size());
            requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
        }
        exchange.getResponseHeaders().set("Location", "/write");
        byte[] text = "it is\nso\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, answer == 204 ? -1 : text.length);
        if (answer != 204) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/write");
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Returns what all requests brought, by name and labels but those of the run. */
    Map<String, List<Point>> points() {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (Request request : requests()) {
            points(request)
                    .forEach((series, some) -> points.computeIfAbsent(series, key -> new ArrayList<>())
                            .addAll(some));
        }
        return points;
    }

    /** Returns what a request brought, likewise. */
    static Map<String, List<Point>> points(Request request) {
        Map<String, List<Point>> points = new TreeMap<>();
        for (Wire series : Wire.read(unsnapped(request.body)).messages(1)) {
            List<String> names = new ArrayList<>();
            Map<String, String> labels = new TreeMap<>();
            for (Wire label : series.messages(1)) {
                names.add(label.text(1));
                labels.put(label.text(1), label.text(2));
            }
            if (!names.equals(names.stream().sorted().distinct().toList())) {
                throw new AssertionError("labels out of order: " + names);
            }
            if (!"plain".equals(labels.remove("experiment")) || !"20260115-101500-3fa9".equals(labels.remove("run"))) {
                throw new AssertionError("whose is " + names);
            }
            String name = labels.remove("__name__");
            StringBuilder key = new StringBuilder();
            labels.forEach((label, value) -> key.append(key.isEmpty() ? "" : ",")
                    .append(label)
                    .append("=\"")
                    .append(value)
                    .append('"'));
            List<Point> some = series.messages(2).stream()
                    .map(sample -> new Point(sample.one(2, Long.class), sample.one(1, Double.class)))
                    .toList();
            if (points.put(key.isEmpty() ? name : name + "{" + key + "}", some) != null) {
                throw new AssertionError(name + " is there twice");
            }
        }
        return points;
    }

    /** Reads Snappy's block format, as far as it is literals. */
    static byte[] unsnapped(byte[] block) {
        ByteBuffer in = ByteBuffer.wrap(block);
        long length = Wire.varint(in);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            int tag = in.get() & 0xFF;
            if ((tag & 3) != 0) {
                throw new AssertionError("a copy");
            }
            int size = tag >>> 2;
            if (size >= 60) {
                int bytes = size - 59;
                size = 0;
                for (int i = 0; i < bytes; i++) {
                    size |= (in.get() & 0xFF) << 8 * i;
                }
            }
            byte[] literal = new byte[size + 1];
            in.get(literal);
            out.writeBytes(literal);
        }
        if (out.size() != length) {
            throw new AssertionError(out.size() + " bytes instead of " + length);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
