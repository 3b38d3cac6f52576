package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryLogTest extends InRun {
    private static JsonObject line(long step) {
        JsonObject line = new JsonObject();
        line.addProperty("kind", "sample");
        line.addProperty("step", step);
        line.add("loss", HistoryLog.number(step == 3 ? Double.NaN : 1.0 / step));
        return line;
    }

    private Path write(long... steps) throws IOException {
        try (HistoryLog log = HistoryLog.create(run)) {
            for (long step : steps) {
                log.append(line(step));
            }
        }
        return run.files().history();
    }

    private List<Long> steps() throws IOException {
        return HistoryLog.read(storage, run.files().history()).stream()
                .map(line -> line.get("step").getAsLong())
                .toList();
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        assertThat(HistoryLog.read(storage, run.files().history())).isEmpty();
        Path file = write(1, 2, 3);
        assertThat(HistoryLog.read(storage, file)).containsExactly(line(1), line(2), line(3));
        assertThat(Files.readString(file)).endsWith("{\"kind\":\"sample\",\"step\":3,\"loss\":null}\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20, 25, 40, 99})
    void aRunThatIsTakenUpAgainForgetsWhatCameAfterItsCheckpoint(long checkpoint) throws IOException {
        write(1, 20, 20, 40);
        try (HistoryLog log = HistoryLog.resume(run, checkpoint)) {
            log.append(line(1_000));
        }
        List<Long> expected = new ArrayList<>(List.of(1L, 20L, 20L, 40L));
        expected.removeIf(step -> step > checkpoint);
        expected.add(1_000L);
        assertThat(steps()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"kind\":\"sample\",\"st", "rubbish\n{\"step\": 9}\n", "{\"kind\": 1}\n{\"step\": 9}\n", "\n"})
    void whatIsNotWholeEndsIt(String torn) throws IOException {
        Path file = write(1, 2);
        Files.writeString(file, torn, StandardOpenOption.APPEND);
        assertThat(steps()).containsExactly(1L, 2L);
        try (HistoryLog log = HistoryLog.resume(run, 5)) {
            log.append(line(6));
        }
        assertThat(steps()).containsExactly(1L, 2L, 6L);
    }

    @Test
    void whereThereIsNoneItIsBegun() throws IOException {
        try (HistoryLog log = HistoryLog.resume(run, 5)) {
            log.append(line(6));
            assertThatIllegalArgumentException().isThrownBy(() -> log.append(new JsonObject()));
        }
        assertThat(steps()).containsExactly(6L);
    }

    @Test
    void aRunThatBeginsAgainHasNone() throws IOException {
        write(1, 2);
        assertThatThrownBy(() -> HistoryLog.create(run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("history.jsonl could not be created: ")
                .hasMessageEndingWith("exists already");
        run.deleteLogs();
        write(7);
        assertThat(steps()).containsExactly(7L);
    }
}
