package dev.nurture.monitoring;

import dev.nurture.spi.RunListener;
import dev.nurture.spi.RunListener.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sends what a run measures to a Prometheus, or to whatever else takes its remote-write, on a thread of its own. The run
 * never waits for it, but for a few seconds at the very end.
 *
 * <p>What the other side has no time for is sent again until it has; meanwhile newer values wait, so many at most. What it
 * does not like is dropped.
 */
final class RemoteWrite implements AutoCloseable {
    /** Samples a request. */
    private static final int MOST = 2000;

    /** For how long a sample waits for others to travel with, milliseconds. */
    private static final long PATIENCE = 1000;

    private static final long LEAST_BACK_OFF = 200;
    private static final long MOST_BACK_OFF = 5000;
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final long ANSWERED_WITHIN = 10_000;

    /** How far times may be ahead of the clock, milliseconds. */
    private static final long AHEAD = 1000;

    /** What is told of an answer that says no, characters. */
    private static final int EXCERPT = 200;

    private static final int TOO_MANY_REQUESTS = 429;

    private final URI target;
    private final RunListener.Run run;
    private final PushQueue queue;
    private final LongSupplier clock;
    private final long flushedWithin;
    private final HttpClient client;
    private final Thread thread;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile int underway;
    /** For the run's thread. */
    private long last;

    // For the sending thread.
    private boolean toldOfTrouble;
    private boolean toldOfRefusal;

    /**
     * Begins to send.
     *
     * @param capacity how many samples may wait
     * @param clock milliseconds, Unix time
     * @param flushedWithin for how long {@link #close} waits, milliseconds
     */
    RemoteWrite(URI target, RunListener.Run run, int capacity, LongSupplier clock, long flushedWithin) {
        this.target = target;
        this.run = run;
        this.clock = clock;
        this.flushedWithin = flushedWithin;
        queue = new PushQueue(capacity);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTED_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        thread = new Thread(this::work, "nurture-push");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Reads the address of an endpoint.
     *
     * @throws IllegalArgumentException if it is none, with a message for the user
     */
    static URI target(String text) {
        try {
            URI target = URI.create(text);
            boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
            // A password would end up in the records of the run.
            boolean plain = target.getHost() != null && target.getRawUserInfo() == null && target.getPort() <= 65535;
            if (http && plain) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw noTarget(text, e);
        }
        throw noTarget(text, null);
    }

    private static IllegalArgumentException noTarget(String text, Throwable cause) {
        return new IllegalArgumentException(
                "'push' is an address such as http://127.0.0.1:9090/api/v1/write, without a user, not '" + text + "'",
                cause);
    }

    /** Returns what it counts. */
    List<Counter> counters() {
        return List.of(
                Counter.of("push_samples", "Values that were pushed", sent::get),
                Counter.of("push_failures", "Requests to push that failed", failures::get),
                Counter.of("push_dropped", "Values that were not pushed and never will be", this::dropped));
    }

    private double dropped() {
        return queue.dropped() + lost.get();
    }

    /** Sends present values, unless there were so many of late that they would not differ in time. */
    void offer(RunMeters meters) {
        if (last - clock.getAsLong() < AHEAD) {
            push(meters);
        }
    }

    /** Sends present values. */
    void push(RunMeters meters) {
        // Prometheus takes one value of a series a millisecond, and all in the order of time; small networks are
        // faster.
        last = Math.max(clock.getAsLong(), last + 1);
        queue.put(meters.samples(last));
    }

    private void work() {
        try {
            for (List<Sample> batch = queue.take(MOST, PATIENCE);
                    !batch.isEmpty();
                    batch = queue.take(MOST, PATIENCE)) {
                underway = batch.size();
                deliver(batch);
                underway = 0;
            }
        } catch (InterruptedException e) {
            // The time to flush is over.
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<Sample> batch) throws InterruptedException {
        byte[] body = Snappy.literals(Sample.writeRequest(batch));
        long backOff = LEAST_BACK_OFF;
        while (true) {
            Answer answer = post(body);
            if (answer.taken()) {
                sent.addAndGet(batch.size());
                return;
            }
            failures.incrementAndGet();
            if (answer.refused()) {
                lost.addAndGet(batch.size());
                if (!toldOfRefusal) {
                    toldOfRefusal = true;
                    run.warn(target + " refuses metrics that are pushed (" + answer.reason + "); they are dropped");
                }
                return;
            }
            if (!toldOfTrouble) {
                toldOfTrouble = true;
                run.warn("metrics cannot be pushed to " + target + " at present (" + answer.reason
                        + "); it is tried again");
            }
            if (queue.pause(backOff)) {
                // There is little time left: it is tried more often, but not without a rest.
                Thread.sleep(LEAST_BACK_OFF);
            }
            backOff = Math.min(2 * backOff, MOST_BACK_OFF);
        }
    }

    /**
     * What came of a request.
     *
     * @param status 0 for no answer
     * @param reason for the user, why it failed
     */
    private record Answer(int status, String reason) {
        boolean taken() {
            return status / 100 == 2;
        }

        /** Tells whether the same request would fail again. */
        boolean refused() {
            return status != 0 && status / 100 != 5 && status != TOO_MANY_REQUESTS;
        }
    }

    private Answer post(byte[] body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .header("User-Agent", "nurture/" + run.version())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        StringBuilder text = new StringBuilder();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> excerpt(part, text)));
        try {
            // The request's own limit would end with the answer's first line, and some never come to the last.
            int status = answer.get(ANSWERED_WITHIN, TimeUnit.MILLISECONDS).statusCode();
            return new Answer(status, (status + " " + text.toString().strip()).strip());
        } catch (TimeoutException e) {
            return new Answer(0, "no answer within " + ANSWERED_WITHIN / 1000 + " s");
        } catch (ExecutionException e) {
            return new Answer(0, reason(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private static void excerpt(Optional<byte[]> part, StringBuilder text) {
        part.ifPresent(bytes -> {
            int length = Math.min(bytes.length, EXCERPT - text.length());
            text.append(new String(bytes, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " "));
        });
    }

    private static String reason(Throwable failure) {
        if (failure instanceof IOException && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure instanceof ConnectException ? "no connection" : failure.toString();
    }

    /** Ends, once all is sent or the time for that is over. */
    @Override
    public void close() {
        queue.close();
        join(flushedWithin);
        thread.interrupt();
        join(LEAST_BACK_OFF);
        int left = queue.size() + underway;
        if (left > 0) {
            lost.addAndGet(left);
            run.warn(left + " measured values were not pushed to " + target);
        }
    }

    private void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
