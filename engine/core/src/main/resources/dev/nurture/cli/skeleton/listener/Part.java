package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Param;
import dev.nurture.spi.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps a diary of a run, a line for whatever happens, in a file of the run directory. */
final class {{class}} implements RunListener {
    private static final Param<Integer> EVERY =
            Param.integer("every").in("[1, 1000000]").or(1).doc("epochs from one line to the next");

    static final Factory<RunListener> FACTORY = new Factory<>(
            RunListener.class,
            "{{part}}",
            "Keeps a diary of the run in {{part}}.txt.",
            List.of(EVERY),
            settings -> new {{class}}(settings.get(EVERY)));

    private final int every;

    {{class}}(int every) {
        this.every = every;
    }

    @Override
    public Session open(Run run) throws IOException {
        Diary diary = new Diary(run.folder().resolve("{{part}}.txt"));
        diary.write(run.experiment() + ", seed " + run.seed() + ", " + run.parameters() + " parameters");
        return diary;
    }

    /** The diary of one run. */
    private final class Diary implements Session {
        private final Path file;

        Diary(Path file) {
            this.file = file;
        }

        private void write(String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void evaluated(Monitor.EpochStatistics epoch) {
            if (epoch.epoch() % every == 0) {
                write(String.format(Locale.ROOT, "epoch %d: loss %.4f", epoch.epoch(), epoch.trainLoss()));
            }
        }

        @Override
        public void found(Finding finding) {
            write(finding.fault() + ": " + finding.message());
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            write(status);
        }

        @Override
        public void close() {}
    }
}
