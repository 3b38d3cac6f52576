package dev.nurture.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads over HTTP into a partial file, which a later download goes on with (RFC 9110, range requests). A server that
 * knows no ranges, or gives another one than asked for, starts it over. One download at a time.
 */
final class Download {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern RANGE = Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/([0-9]{1,18}|\\*)");

    /** How the server took a request for the rest of a file. */
    private enum Outcome {
        REFUSED,
        RESUMED,
        WHOLE
    }

    private final HttpClient client;
    private final Duration patience;
    private final Map<String, FetchException> unreachable = new HashMap<>();

    /**
     * Makes a client that follows redirects, except from https to http.
     *
     * @param patience the longest silence of a server, before its answer and within it
     */
    Download(Duration connectTimeout, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(connectTimeout)
                .build();
        this.patience = patience;
    }

    /**
     * What is expected of a download.
     *
     * @param bytes its length, or -1 when nobody knows
     * @param most the longest that is taken
     */
    record Size(long bytes, long most) {
        static Size exactly(long bytes) {
            return new Size(bytes, bytes);
        }

        static Size upTo(long most) {
            return new Size(-1, most);
        }

        boolean known() {
            return bytes >= 0;
        }
    }

    /**
     * Completes a partial file.
     *
     * @return whether bytes of an earlier download are part of it
     * @throws AbsentException if the server does not have the file
     * @throws FetchException if the server cannot be reached, breaks off, or the file cannot be written
     */
    boolean complete(URI address, Path part, Size size, FetchProgress progress) throws FetchException {
        try {
            long kept = kept(part, size);
            if (size.known() && kept == size.bytes()) {
                return true;
            }
            Outcome outcome = Outcome.REFUSED;
            if (kept > 0) {
                outcome = attempt(address, part, kept, size, progress);
            }
            if (outcome == Outcome.REFUSED) {
                outcome = attempt(address, part, 0, size, progress);
            }
            return outcome == Outcome.RESUMED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException(address + ": interrupted", e);
        }
    }

    private static long kept(Path part, Size size) {
        try {
            long length = Files.size(part);
            return length <= size.most() ? length : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Downloads from a position on, or whole if that is what the server gives. */
    private Outcome attempt(URI address, Path part, long from, Size size, FetchProgress progress)
            throws FetchException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("User-Agent", "Nurture");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<TimedBody> response = send(address, request.build());
        try (TimedBody body = response.body()) {
            Matcher range =
                    RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
            int status = response.statusCode();
            if (from > 0 && status == RANGE_NOT_SATISFIABLE) {
                boolean whole =
                        !size.known() && range.matches() && range.group(2).equals(Long.toString(from));
                return whole ? Outcome.RESUMED : Outcome.REFUSED;
            }
            if (from > 0 && status == PARTIAL_CONTENT) {
                if (!range.matches() || !Long.toString(from).equals(range.group(1))) {
                    return Outcome.REFUSED;
                }
                receive(address, part, from, response.headers(), body, size, progress);
                return Outcome.RESUMED;
            }
            if (status == OK) {
                receive(address, part, 0, response.headers(), body, size, progress);
                return Outcome.WHOLE;
            }
            throw refused(address, status);
        }
    }

    private HttpResponse<TimedBody> send(URI address, HttpRequest request) throws FetchException, InterruptedException {
        FetchException before = unreachable.get(address.getAuthority());
        if (before != null) {
            throw before;
        }
        // Not the request's own time-out: newer JDKs let it run on through the body.
        CompletableFuture<HttpResponse<TimedBody>> answer = client.sendAsync(request, info -> new TimedBody());
        FetchException failure;
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            failure = unreachable(address, "it did not answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            failure = unreachable(address, Reason.of(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
        unreachable.put(address.getAuthority(), failure);
        throw failure;
    }

    private static FetchException unreachable(URI address, String reason, Throwable cause) {
        return new FetchException(
                address.getAuthority() + " cannot be reached: " + reason
                        + "; files that are on this machine already come in with --from FOLDER",
                cause);
    }

    private static FetchException refused(URI address, int status) {
        String sentence = address + ": the server answered " + status;
        return switch (status) {
            // Object stores answer "forbidden" for what is not there.
            case FORBIDDEN -> new AbsentException(sentence + " (forbidden, or not there)");
            case NOT_FOUND, GONE -> new AbsentException(sentence + " (not found)");
            default -> new FetchException(sentence);
        };
    }

    private void receive(
            URI address, Path part, long from, HttpHeaders headers, TimedBody body, Size size, FetchProgress progress)
            throws FetchException, InterruptedException {
        long announced = headers.firstValueAsLong("Content-Length").orElse(-1);
        long total = announced < 0 ? size.bytes() : from + announced;
        if (total > size.most() || size.known() && total != size.bytes()) {
            throw wrongLength(address, total + " bytes", size);
        }
        Disk.requireSpace(part.toAbsolutePath().getParent(), Math.max(0, total - from));
        String name = part.getFileName().toString().replaceFirst("\\.part$", "");
        long position = from;
        try (FileChannel out = Disk.append(part, from)) {
            List<ByteBuffer> pieces = body.next(patience);
            while (pieces != null) {
                for (ByteBuffer piece : pieces) {
                    position += piece.remaining();
                    if (position > size.most()) {
                        throw wrongLength(address, "more than " + size.most() + " bytes", size);
                    }
                    Disk.write(out, piece, part);
                    progress.advanced(name, position, total);
                }
                pieces = body.next(patience);
            }
            Disk.force(out, part);
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw cut(address, position, total, e.getMessage(), e);
        }
        if (total >= 0 && position < total) {
            throw cut(address, position, total, "the connection was closed", null);
        }
    }

    private static WrongContentException wrongLength(URI address, String length, Size size) {
        return new WrongContentException(address + " has " + length + ", but "
                + (size.known() ? "the published file has " + size.bytes() : "at most " + size.most() + " are taken"));
    }

    private static FetchException cut(URI address, long position, long total, String reason, Throwable cause) {
        return new FetchException(
                address + ": " + reason + " after " + position + (total < 0 ? "" : " of " + total)
                        + " bytes; the same command goes on from there",
                cause);
    }
}
