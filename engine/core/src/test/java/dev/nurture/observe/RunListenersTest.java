package dev.nurture.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.PlainRun;
import dev.nurture.model.Activity;
import dev.nurture.spi.RunListener;
import dev.nurture.train.SmallParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunListenersTest {
    @TempDir
    Path folder;

    private final Activity activity = new Activity(1);
    private final PlainRun run = new PlainRun(1);
    private final List<String> warnings = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<String> overrides = new ArrayList<>();
    private SmallParts parts;

    @AfterEach
    void close() {
        run.close();
    }

    /** Listens, and fails at a step if there is one to fail at. */
    private final class Ear implements RunListener.Session {
        private final String name;
        private final long failsAt;

        Ear(String name, long failsAt) {
            this.name = name;
            this.failsAt = failsAt;
        }

        @Override
        public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
            heard.add(name + " " + step);
            if (step == failsAt) {
                throw new IllegalStateException("deaf");
            }
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            heard.add(name + " " + status);
        }

        @Override
        public void close() {
            heard.add(name + " closed");
        }
    }

    private void listener(String name, RunListener listener) {
        parts = parts == null ? new SmallParts(folder) : parts;
        parts.add(RunListener.class, name, () -> listener);
        overrides.add("listeners." + name + "=true");
    }

    private RunListeners listeners() throws IOException {
        return new RunListeners(
                parts.definition(overrides.toArray(String[]::new)).listeners().enabled(), activity, warnings::add);
    }

    private static void step(RunListeners listeners, long step) {
        listeners.stepped(step, 1, 0, 0.1, 0.001);
    }

    @Test
    void oneThatFailsIsToldOfOnceAndHearsNoMore() throws Exception {
        listener("a", plain -> new Ear("a", 0));
        listener("b", plain -> new Ear("b", 2));
        listener("c", plain -> new Ear("c", 0));
        try (RunListeners listeners = listeners()) {
            listeners.open(run);
            for (int step = 1; step <= 3; step++) {
                step(listeners, step);
            }
            listeners.finished("succeeded", Map.of());
            assertThat(heard)
                    .containsExactly(
                            "a 1",
                            "b 1",
                            "c 1",
                            "a 2",
                            "b 2",
                            "b closed",
                            "c 2",
                            "a 3",
                            "c 3",
                            "a succeeded",
                            "c succeeded");
            assertThat(warnings)
                    .containsExactly("listener 'b' (plugin small 1) failed: deaf; the run goes on without it");
            // All three are of one plugin, and a meter may stand but once.
            assertThat(listeners.counters()).singleElement().satisfies(counter -> {
                assertThat(counter.of()).isEqualTo("small");
                assertThat(counter.value().getAsDouble()).isEqualTo(1);
            });
        }
        assertThat(heard).endsWith("a closed", "c closed");
    }

    @Test
    void oneThatCannotOpenIsDoneWithout() throws Exception {
        listener("taken", plain -> {
            throw new IOException("the port is taken");
        });
        listener("broken", plain -> {
            throw new IllegalStateException("no such thing");
        });
        listener("empty", plain -> null);
        listener("well", plain -> new Ear("well", 0));
        try (RunListeners listeners = listeners()) {
            listeners.open(run);
            step(listeners, 1);
        }
        assertThat(heard).containsExactly("well 1", "well closed");
        assertThat(warnings)
                .containsExactly(
                        "listener 'broken' (plugin small 1) failed: no such thing; the run goes on without it",
                        "plugin small 1 gave no session; in listener 'empty'; the run goes on without it",
                        "the port is taken");
    }

    @Test
    void oneThatRefusesEndsTheRunAndNobodyListens() throws Exception {
        listener("a", plain -> new Ear("a", 0));
        listener("refuses", plain -> {
            throw new RunListener.Refusal("it must be heard");
        });
        try (RunListeners listeners = listeners()) {
            assertThatThrownBy(() -> listeners.open(run))
                    .isInstanceOf(RunListener.Refusal.class)
                    .hasMessage("it must be heard");
            step(listeners, 1);
        }
        assertThat(heard).containsExactly("a closed");
    }

    @Test
    void wantOfMemoryIsNoPluginsFault() throws Exception {
        listener("hungry", plain -> {
            throw new OutOfMemoryError("heap");
        });
        try (RunListeners listeners = listeners()) {
            assertThatThrownBy(() -> listeners.open(run)).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void theIdIsWhatTheFoldersNameAddsToTheExperiments() {
        assertThat(ObservedRun.id("digits", Path.of("runs/digits-20260115-101500-3fa9")))
                .isEqualTo("20260115-101500-3fa9");
        assertThat(ObservedRun.id("digits", Path.of("elsewhere/mine"))).isEqualTo("mine");
        assertThat(ObservedRun.id("digits", Path.of("digits"))).isEqualTo("digits");
    }
}
