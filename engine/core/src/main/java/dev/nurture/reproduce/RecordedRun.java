package dev.nurture.reproduce;

import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.RecordedProvenance;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is of a run to compare with, as it was when somebody looked.
 *
 * @param columns the header of the metric log
 * @param rows its other lines, one an epoch; a last one that is not whole is none
 * @param checkpoints to be read
 * @param steps that have one, ascending
 */
public record RecordedRun(
        RunFiles files,
        RunSummary summary,
        RecordedProvenance provenance,
        List<String> columns,
        List<String> rows,
        CheckpointFolder checkpoints,
        List<Long> steps) {
    public RecordedRun {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        steps = List.copyOf(steps);
    }

    /**
     * Reads it; locks nothing and changes nothing.
     *
     * @throws dev.nurture.run.RunDirectoryException if the folder is no run directory or its record makes no sense
     */
    public static RecordedRun read(Storage storage, Path folder) throws IOException {
        RunFiles files = new RunFiles(folder);
        RunSummary summary = RunSummary.read(storage, folder);
        RecordedProvenance provenance = RecordedProvenance.read(storage, folder);
        List<String> lines = wholeLines(storage, files.metrics());
        CheckpointFolder checkpoints = new CheckpointFolder(storage, files.checkpoints());
        return new RecordedRun(
                files,
                summary,
                provenance,
                lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1)),
                lines.isEmpty() ? List.of() : lines.subList(1, lines.size()),
                checkpoints,
                checkpoints.steps());
    }

    /** Returns the lines of a file that end; none where there is no file. */
    static List<String> wholeLines(Storage storage, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        if (storage.exists(file)) {
            String text = new String(storage.bytes(file), StandardCharsets.UTF_8);
            int start = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                lines.add(text.substring(start, end));
                start = end + 1;
            }
        }
        return lines;
    }

    /** Returns the last step that anything is known of. */
    long end(long stepsPerEpoch) {
        return Math.max(rows.size() * stepsPerEpoch, steps.isEmpty() ? 0 : steps.get(steps.size() - 1));
    }

    /** Tells whether there is neither an epoch nor a checkpoint. */
    public boolean empty() {
        return rows.isEmpty() && steps.isEmpty();
    }
}
