package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LogsTest extends InRun {
    private static final String HEADER =
            "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n";

    @Test
    void eachLineIsThereAtOnce() throws IOException {
        Path file = run.files().metrics();
        try (MetricLog log = MetricLog.create(run)) {
            assertThat(Files.readString(file)).isEqualTo(HEADER);
            log.append(new MetricLog.Row(
                    1,
                    23,
                    1e-3f,
                    OptionalDouble.of(2.302585092994046),
                    OptionalDouble.of(0.1),
                    OptionalDouble.of(Double.NaN),
                    OptionalDouble.of(Double.POSITIVE_INFINITY)));
            assertThat(Files.readString(file)).isEqualTo(HEADER + "1,23,0.001,2.302585092994046,0.1,NaN,Infinity\n");
            log.append(row(2, 46));
        }
        assertThat(Files.readString(file)).endsWith("\n2,46,1.0E-5,1.5,,,\n");
    }

    @Test
    void aMarkIsDurableAndCoversAllLinesSoFar() throws Exception {
        try (MetricLog log = MetricLog.create(run)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                log.append(row(epoch, epoch));
                MetricLog.Mark mark = log.mark();
                assertThat(storage.changes()).last().isEqualTo("force metrics.csv");
                byte[] bytes = Files.readAllBytes(run.files().metrics());
                assertThat(mark.offset()).isEqualTo(bytes.length);
                assertThat(mark.sha256())
                        .isEqualTo(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            }
        }
    }

    @Test
    void resumingCutsWhatTheMarkDoesNotCover() throws IOException {
        MetricLog.Mark mark;
        MetricLog.Mark end;
        try (MetricLog log = MetricLog.create(run)) {
            // More than one read's worth.
            for (int epoch = 1; epoch <= 1000; epoch++) {
                log.append(row(epoch, epoch));
            }
            mark = log.mark();
            log.append(row(1001, 1001));
            end = log.mark();
            log.append(row(1002, 1002));
        }
        Path file = run.files().metrics();
        byte[] whole = Files.readAllBytes(file);
        try (MetricLog log = MetricLog.resume(run, mark)) {
            assertThat(Files.size(file)).isEqualTo(mark.offset());
            log.append(row(1001, 1001));
            assertThat(log.mark()).isEqualTo(end);
            log.append(row(1002, 1002));
        }
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void theLinesBeforeAMarkAreRead() throws IOException {
        MetricLog.Row full = new MetricLog.Row(
                1,
                23,
                0.1f,
                OptionalDouble.of(0.1 + 0.2),
                OptionalDouble.of(Double.MIN_VALUE),
                OptionalDouble.of(Double.POSITIVE_INFINITY),
                OptionalDouble.of(Double.NaN));
        MetricLog.Mark mark;
        try (MetricLog log = MetricLog.create(run)) {
            log.append(full);
            log.append(row(2, 46));
            mark = log.mark();
            log.append(row(3, 69));
            assertThat(log.rows()).hasSize(3);
        }
        try (MetricLog log = MetricLog.resume(run, mark)) {
            assertThat(log.rows()).containsExactly(full, row(2, 46));
            log.append(row(4, 92));
            assertThat(log.rows()).containsExactly(full, row(2, 46), row(4, 92));
        }
    }

    @Test
    void aLogThatIsNotWhatItWasIsRefusedAndLeftAlone() throws IOException {
        MetricLog.Mark mark;
        try (MetricLog log = MetricLog.create(run)) {
            log.append(row(1, 1));
            mark = log.mark();
        }
        Path file = run.files().metrics();
        String changed = Files.readString(file).replace("1.5", "1.4") + "more\n";
        Files.writeString(file, changed);
        assertThatThrownBy(() -> MetricLog.resume(run, mark))
                .isInstanceOf(IOException.class)
                .hasMessage("the first " + mark.offset() + " bytes of " + file + " are not what they were");
        assertThat(Files.readString(file)).isEqualTo(changed);
        Files.writeString(file, HEADER);
        assertThatThrownBy(() -> MetricLog.resume(run, mark)).hasMessageContaining("fewer than the " + mark.offset());
    }

    @Test
    void aFullDiskIsReportedWithTheFile() throws IOException {
        try (MetricLog log = MetricLog.create(run)) {
            storage.failAt(0);
            assertThatThrownBy(() -> log.append(row(1, 1)))
                    .hasMessage(run.files().metrics() + " could not be written: No space left on device");
            storage.failAt(0);
            assertThatThrownBy(log::mark).hasMessageContaining("metrics.csv could not be written");
        }
        assertThatThrownBy(() -> MetricLog.create(run)).hasMessageContaining("metrics.csv exists already");
    }

    @Test
    void timingsHaveAFileOfTheirOwn() throws IOException {
        try (TimingLog log = TimingLog.create(run)) {
            log.append(1, 0.25, 40_000);
        }
        assertThat(Files.readString(run.files().timings()))
                .isEqualTo("epoch,seconds,samples_per_second\n1,0.25,40000.0\n");
    }

    @Test
    void timingsGoOnBehindTheEpochsThatAreKept() throws IOException {
        Path file = run.files().timings();
        String header = "epoch,seconds,samples_per_second\n";
        for (String[] beforeAndAfter : new String[][] {
            {header + "1,0.5,2.0\n2,0.5,2.0\n3,0.5,2.0\n", header + "1,0.5,2.0\n2,0.5,2.0\n"},
            {header + "1,0.5,2.0\n2,0.", header + "1,0.5,2.0\n"},
            {header + "1,0.5,2.0\n\0\0\0\n", header + "1,0.5,2.0\n"},
            {header, header},
            {"epoch,sec", header},
            {"", header},
            {null, header}
        }) {
            Files.deleteIfExists(file);
            if (beforeAndAfter[0] != null) {
                Files.writeString(file, beforeAndAfter[0]);
            }
            try (TimingLog log = TimingLog.resume(run, 2)) {
                assertThat(file).hasContent(beforeAndAfter[1]);
                log.append(3, 1, 4);
            }
            assertThat(Files.readString(file)).isEqualTo(beforeAndAfter[1] + "3,1.0,4.0\n");
        }
    }

    @Test
    void findingsAreAnEmptyListWhenAllIsWell() throws IOException {
        assertThat(new FindingsFile(run).read()).isEmpty();
        new FindingsFile(run).write(List.of());
        assertThat(Files.readString(run.files().findings())).isEqualTo("[]\n");
        assertThat(new FindingsFile(run).read()).isEmpty();
    }

    @Test
    void findingsThatMakeNoSenseAreRefused() throws IOException {
        for (String text : List.of("", "{}", "[1]", "[{}]", "[{\"fault\": \"non_finite\", \"severity\": \"bad\"}]")) {
            Files.writeString(run.files().findings(), text);
            assertThatThrownBy(() -> new FindingsFile(run).read())
                    .isInstanceOf(RunDirectoryException.class)
                    .hasMessageContaining("has a findings.json that cannot be understood");
        }
    }

    @Test
    void findingsSayWhatWasMeasuredAndWhatToDo() throws IOException {
        Finding dead = new Finding(
                "dead_units",
                Finding.Severity.WARN,
                "train",
                "layers.0",
                0.75,
                "> 0.5",
                "75 % of the units of layers.0 are dead.",
                "Set optimizer.learning_rate to 1e-4.",
                "lecture part 1");
        Finding diverged = new Finding(
                "non_finite",
                Finding.Severity.FAIL,
                "train",
                null,
                Double.NaN,
                "finite",
                "The loss is NaN.",
                null,
                null);
        new FindingsFile(run).write(List.of(diverged, dead));
        assertThat(new FindingsFile(run).read()).containsExactly(diverged, dead);
        assertThat(Files.readString(run.files().findings())).isEqualTo("""
                        [
                          {
                            "fault": "non_finite",
                            "severity": "fail",
                            "phase": "train",
                            "subject": null,
                            "measured": "NaN",
                            "threshold": "finite",
                            "message": "The loss is NaN.",
                            "advice": null,
                            "source": null
                          },
                          {
                            "fault": "dead_units",
                            "severity": "warn",
                            "phase": "train",
                            "subject": "layers.0",
                            "measured": 0.75,
                            "threshold": "> 0.5",
                            "message": "75 % of the units of layers.0 are dead.",
                            "advice": "Set optimizer.learning_rate to 1e-4.",
                            "source": "lecture part 1"
                          }
                        ]
                        """);
    }

    private static MetricLog.Row row(int epoch, long step) {
        return new MetricLog.Row(
                epoch,
                step,
                1e-5f,
                OptionalDouble.of(1.5),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
