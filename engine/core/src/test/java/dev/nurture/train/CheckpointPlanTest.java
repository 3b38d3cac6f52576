package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.Definition;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPlanTest {
    private static final long MINUTE = 60_000_000_000L;

    /** Near the end of what a clock in nanoseconds holds, behind which it goes on at the other end. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - MINUTE);

    @TempDir
    Path folder;

    private CheckpointPlan plan(String... overrides) throws Exception {
        Definition definition = new SmallParts(folder).definition(overrides);
        return new CheckpointPlan(definition.training(), nanos::get);
    }

    private static List<Long> dueBetween(CheckpointPlan plan, long steps) {
        return LongStream.rangeClosed(1, steps).filter(plan::dueBetween).boxed().toList();
    }

    @Test
    void epochsAlone() throws Exception {
        CheckpointPlan plan = plan("training.checkpoint_every=2");
        nanos.addAndGet(1000 * MINUTE);
        assertThat(dueBetween(plan, 1000)).isEmpty();
        assertThat(plan.dueAfter(1, 7)).isFalse();
        assertThat(plan.dueAfter(2, 14)).isTrue();
    }

    @Test
    void steps() throws Exception {
        CheckpointPlan plan = plan("training.checkpoint_every=100", "training.checkpoint_steps=3");
        assertThat(dueBetween(plan, 10)).containsExactly(3L, 6L, 9L);
        assertThat(plan.dueAfter(1, 9)).isTrue();
        assertThat(plan.dueAfter(1, 10)).isFalse();
    }

    @Test
    void minutesSinceTheLast() throws Exception {
        CheckpointPlan plan = plan("training.checkpoint_every=100", "training.checkpoint_minutes=1.5");
        nanos.addAndGet(MINUTE);
        assertThat(plan.dueBetween(1)).isFalse();
        nanos.addAndGet(MINUTE / 2);
        assertThat(plan.dueBetween(2)).isTrue();
        assertThat(plan.dueAfter(1, 2)).isTrue();
        plan.saved();
        assertThat(plan.dueBetween(3)).isFalse();
        nanos.addAndGet(3 * MINUTE / 2);
        assertThat(plan.dueBetween(3)).isTrue();
    }
}
