package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.model.Activity;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final double LIMIT = 0.2;

    private final Activity activity = new Activity(1);
    private final BlockingQueue<Double> stalls = new LinkedBlockingQueue<>();

    private StallWatch watch() {
        return new StallWatch(activity, LIMIT, stalls::add);
    }

    private void work() {
        activity.begin(new Activity.Work("the work", "it"));
    }

    @Test
    void saysOnceThatNothingMoves() throws Exception {
        work();
        try (StallWatch watch = watch()) {
            Double seconds = stalls.poll(30, TimeUnit.SECONDS);
            assertThat(seconds).isGreaterThan(LIMIT);
            assertThat(stalls.poll(3 * (long) (1000 * LIMIT), TimeUnit.MILLISECONDS))
                    .isNull();
        }
    }

    /** What the engine does between an epoch and the next, such as a checkpoint on a slow disk, has no limit. */
    @Test
    void doesNotCountWhatIsNoPluginsWork() throws Exception {
        work();
        activity.rest();
        try (StallWatch watch = watch()) {
            assertThat(stalls.poll(5 * (long) (1000 * LIMIT), TimeUnit.MILLISECONDS))
                    .isNull();
            work();
            assertThat(stalls.poll(30, TimeUnit.SECONDS)).isGreaterThan(LIMIT);
        }
    }

    @Test
    void isQuietAfterItsEnd() throws Exception {
        work();
        watch().close();
        assertThat(stalls.poll(3 * (long) (1000 * LIMIT), TimeUnit.MILLISECONDS))
                .isNull();
    }
}
