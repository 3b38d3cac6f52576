package dev.nurture.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyTileRunsOnceAndIsDoneWhenRunReturns(int count) {
        try (Workers workers = new Workers(count)) {
            for (int round = 0; round < 5_000; round++) {
                int tiles = round % 7;
                AtomicIntegerArray runs = new AtomicIntegerArray(7);
                workers.run(tiles, (tile, worker) -> {
                    assertThat(worker).isBetween(0, count - 1);
                    runs.incrementAndGet(tile);
                });
                for (int tile = 0; tile < 7; tile++) {
                    assertThat(runs.get(tile)).isEqualTo(tile < tiles ? 1 : 0);
                }
            }
        }
    }

    @Test
    void plainWritesOfOneRoundAreSeenInTheNext() {
        try (Workers workers = new Workers(4)) {
            int[] values = new int[64];
            for (int round = 1; round <= 2_000; round++) {
                int expected = round - 1;
                workers.run(64, (tile, worker) -> {
                    // Each round another tile, so most likely another thread, reads what was written.
                    int at = (tile * 13 + expected) % 64;
                    assertThat(values[at]).isEqualTo(expected);
                    values[at] = expected + 1;
                });
            }
            assertThat(values).containsOnly(2_000);
        }
    }

    @Test
    void workersThatFellAsleepWakeUp() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            int[] done = new int[2];
            for (int round = 0; round < 20; round++) {
                Thread.sleep(2);
                workers.run(2, (tile, worker) -> done[tile]++);
            }
            assertThat(done).containsExactly(20, 20);
        }
    }

    @Test
    void whatATileThrowsReachesTheCallerAfterTheOthersAreDone() {
        try (Workers workers = new Workers(2)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(8);
            assertThatThrownBy(() -> workers.run(8, (tile, worker) -> {
                        runs.incrementAndGet(tile);
                        if (tile == 3) {
                            throw new IllegalStateException("tile three");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tile three");
            for (int tile = 0; tile < 8; tile++) {
                assertThat(runs.get(tile)).isEqualTo(1);
            }
            int[] after = new int[1];
            workers.run(1, (tile, worker) -> after[0] = 7);
            assertThat(after[0]).isEqualTo(7);
        }
    }

    @Test
    void anUndeclaredCheckedExceptionReachesTheCallerAndEndsNoThread() {
        try (Workers workers = new Workers(2)) {
            for (int round = 0; round < 50; round++) {
                assertThatThrownBy(() -> workers.run(
                                64, (tile, worker) -> WorkersTest.<RuntimeException>throwAny(new IOException("torn"))))
                        .isInstanceOf(IOException.class)
                        .hasMessage("torn");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
