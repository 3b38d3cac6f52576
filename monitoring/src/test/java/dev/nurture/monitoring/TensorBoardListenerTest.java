package dev.nurture.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.PlainRun;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import dev.nurture.testkit.Needs;
import dev.nurture.testkit.RunListenerContract;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardListenerTest extends RunListenerContract {
    @TempDir
    Path folder;

    @Override
    protected RunListener create() {
        return MapSettings.create(TensorBoardListener.FACTORY, Map.of());
    }

    /** A value of a tag. */
    private record Scalar(long step, String tag, float value) {}

    @Test
    void theReadersChecksumIsThatOfTheStandard() {
        assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
    }

    @Test
    void writesAllThatTheRunToldIt() throws Exception {
        try (PlainRun run = new PlainRun(1)) {
            double before = System.currentTimeMillis() / 1e3;
            Recorded recorded = new Recorded(create().open(run));
            run.tell(recorded);
            double after = System.currentTimeMillis() / 1e3;
            Path file = only(run.folder().resolve("tensorboard"));
            assertThat(file.getFileName().toString())
                    .matches("events[.]out[.]tfevents[.][0-9]{10}[.]nurture[.]"
                            + ProcessHandle.current().pid());
            List<Wire> events = events(Files.readAllBytes(file));
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.one(1, Double.class)).isBetween(before, after));
            assertThat(events.get(0).text(3)).isEqualTo("brain.Event:2");
            assertThat(events.get(0).numbers()).containsExactly(1, 3);
            assertThat(events.subList(1, events.size()))
                    .allSatisfy(event -> assertThat(event.numbers()).containsExactly(1, 2, 5));
            List<Scalar> scalars = scalars(events);
            assertThat(scalars).containsExactlyInAnyOrderElementsOf(recorded.expected);
            assertThat(new TreeSet<>(scalars.stream().map(Scalar::tag).toList()))
                    .contains("dead/dense_1", "activation_std/dense_3", "update_ratio/dense_2.weight", "test/accuracy")
                    .doesNotContain("saturated/dense_1", "dead/dense_3");
            assertThat(scalars.stream().filter(scalar -> scalar.tag.equals("loss/validation")))
                    .hasSize(40);
        }
    }

    /** Passes all on, and knows what is to be in the file. */
    private static final class Recorded extends Relay {
        private final List<Scalar> expected = new ArrayList<>();
        private double loss;
        private long step;

        Recorded(RunListener.Session session) {
            super(session);
        }

        private void expect(long at, String tag, double value) {
            if (!Double.isNaN(value)) {
                expected.add(new Scalar(at, tag, (float) value));
            }
        }

        @Override
        public void stepped(long number, double batchLoss, double penalty, double learningRate, double seconds) {
            super.stepped(number, batchLoss, penalty, learningRate, seconds);
            step = number;
            loss = batchLoss;
        }

        @Override
        public void sampled(StepStatistics at) {
            super.sampled(at);
            expect(at.step(), "loss/batch", at.loss());
            expect(at.step(), "learning_rate", at.learningRate());
            expect(at.step(), "gradient_norm", at.gradientNorm());
            at.layers().forEach(layer -> {
                expect(at.step(), "activation_mean/" + layer.name(), layer.mean());
                expect(at.step(), "activation_std/" + layer.name(), layer.std());
                expect(at.step(), "saturated/" + layer.name(), layer.saturated());
                expect(at.step(), "dead/" + layer.name(), layer.dead());
            });
            at.tensors().forEach(tensor -> {
                expect(at.step(), "update_ratio/" + tensor.name(), tensor.updateRatio());
                expect(at.step(), "weight_norm/" + tensor.name(), tensor.norm());
            });
        }

        @Override
        public void evaluated(Monitor.EpochStatistics at) {
            super.evaluated(at);
            // No step at the end of an epoch of 25 is one of those in five that are looked at.
            expect(step, "loss/batch", loss);
            expect(step, "learning_rate", at.learningRate());
            expect(at.step(), "loss/train", at.trainLoss());
            expect(at.step(), "accuracy/train", at.trainAccuracy());
            expect(at.step(), "loss/validation", at.validationLoss());
            expect(at.step(), "accuracy/validation", at.validationAccuracy());
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            super.finished(status, metrics);
            metrics.forEach((name, value) -> expect(step, name.replace("test_", "test/"), value));
        }
    }

    @Test
    void anEpochThatIsOverCanBeRead() throws Exception {
        try (PlainRun run = new PlainRun(1);
                RunListener.Session session = create().open(run)) {
            session.stepped(1, 2.5, 0, 0.1, 1e-3);
            session.evaluated(new Monitor.EpochStatistics(1, 1, 0.1, 2.5, Double.NaN, Double.NaN, Double.NaN));
            List<Wire> events = events(Files.readAllBytes(only(run.folder().resolve("tensorboard"))));
            assertThat(scalars(events))
                    .containsExactlyInAnyOrder(
                            new Scalar(1, "loss/batch", 2.5f),
                            new Scalar(1, "learning_rate", 0.1f),
                            new Scalar(1, "loss/train", 2.5f));
        }
    }

    @Test
    void whatIsTakenUpAgainReplacesWhatCameAfterIt() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TensorBoardListener.Writing(new EventFile(Path.of("events"), out), 300).close();
        Wire restart = events(out.toByteArray()).get(1);
        assertThat(restart.one(2, Long.class)).isEqualTo(301);
        assertThat(restart.messages(7).get(0).one(1, Long.class)).isEqualTo(1);
    }

    @Test
    void aFolderOfOnesOwnHoldsOneForEachRun() throws Exception {
        try (PlainRun run = new PlainRun(1)) {
            run.tell(MapSettings.create(TensorBoardListener.FACTORY, Map.of("folder", folder))
                    .open(run));
            assertThat(scalars(events(Files.readAllBytes(only(folder.resolve("plain-" + run.id()))))))
                    .hasSizeGreaterThan(1000);
        }
    }

    @Test
    void aFolderThatCannotBeIsNoReasonToStop() throws Exception {
        try (PlainRun run = new PlainRun(1)) {
            Path taken = Files.writeString(run.folder().resolve("tensorboard"), "");
            assertThatThrownBy(() -> create().open(run))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("event files for TensorBoard cannot be written into " + taken + " (")
                    .hasMessageEndingWith("); the run goes on without them");
        }
    }

    @Test
    void aFullDiskIsToldOfOnce() throws Exception {
        Path full = Path.of("/dev/full");
        Needs.that(Files.isWritable(full), "there is no " + full);
        RunListener.Session session =
                new TensorBoardListener.Writing(new EventFile(full, new FileOutputStream(full.toFile())), 0);
        Monitor.EpochStatistics epoch = new Monitor.EpochStatistics(1, 25, 0.1, 1, 0.5, 1, 0.5);
        assertThatThrownBy(() -> session.evaluated(epoch))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("/dev/full cannot be written: No space left on device");
        session.close();
    }

    @Test
    void numbersOfEveryKindSurvive() {
        byte[] message = new Protobuf()
                .number(1, 0L)
                .number(2, -1L)
                .number(3, 1L << 62)
                .number(100_000, Math.PI)
                .number(5, Float.NEGATIVE_INFINITY)
                .text(6, "Größe 😀")
                .message(7, new Protobuf().number(1, 300L))
                .bytes();
        Wire wire = Wire.read(message);
        assertThat(wire.one(1, Long.class)).isZero();
        assertThat(wire.one(2, Long.class)).isEqualTo(-1);
        assertThat(wire.one(3, Long.class)).isEqualTo(1L << 62);
        assertThat(wire.one(100_000, Double.class)).isEqualTo(Math.PI, within(0.0));
        assertThat(wire.one(5, Float.class)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(wire.text(6)).isEqualTo("Größe 😀");
        assertThat(wire.messages(7).get(0).one(1, Long.class)).isEqualTo(300);
        // 300 as the specification has it.
        assertThat(new Protobuf().number(1, 300L).bytes()).containsExactly(0x08, 0xAC, 0x02);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** Reads a file by the format's description, sums included. */
    private static List<Wire> events(byte[] file) {
        List<Wire> events = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(length));
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            in.get(data);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(data));
            events.add(Wire.read(data));
        }
        return events;
    }

    private static int unmasked(int masked) {
        int turned = masked - 0xa282ead8;
        return turned >>> 17 | turned << 15;
    }

    /** CRC-32C bit by bit. */
    private static int crc(byte[] bytes) {
        int crc = ~0;
        for (byte one : bytes) {
            crc ^= one & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
            }
        }
        return ~crc;
    }

    private static List<Scalar> scalars(List<Wire> events) {
        List<Scalar> scalars = new ArrayList<>();
        for (Wire event : events) {
            for (Wire summary : event.messages(5)) {
                Map<String, Float> values = new TreeMap<>();
                for (Wire value : summary.messages(1)) {
                    assertThat(value.numbers()).containsExactly(1, 2);
                    assertThat(values.put(value.text(1), value.one(2, Float.class)))
                            .isNull();
                }
                values.forEach((tag, value) -> scalars.add(new Scalar(event.one(2, Long.class), tag, value)));
            }
        }
        return scalars;
    }
}
