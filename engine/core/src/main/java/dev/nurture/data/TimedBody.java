package dev.nurture.data;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, taken piece by piece on the caller's thread, none of which may keep it waiting for long. The
 * client's own streams wait for ever on a server that falls silent.
 */
final class TimedBody implements BodySubscriber<TimedBody>, Closeable {
    private static final Object END = new Object();

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<TimedBody> body = CompletableFuture.completedFuture(this);
    private Flow.Subscription subscription;
    private boolean closed;

    /**
     * Returns the next piece, or null at the end.
     *
     * @throws IOException if the connection broke, or nothing came in time
     */
    @SuppressWarnings("unchecked")
    List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        Object item = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (item == null) {
            throw new IOException("the server sent nothing for " + patience.toSeconds() + " s");
        }
        if (item instanceof Throwable failure) {
            throw new IOException("the connection broke: " + Reason.of(failure), failure);
        }
        if (item == END) {
            return null;
        }
        want();
        return (List<ByteBuffer>) item;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return body;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    private synchronized void want() {
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        arrived.add(piece);
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(failure);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    /** Wants no more; of a body that has not ended this closes the connection. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
