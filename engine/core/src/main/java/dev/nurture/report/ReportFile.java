package dev.nurture.report;

import dev.nurture.run.AtomicFile;
import dev.nurture.run.RunFiles;
import dev.nurture.run.Storage;
import java.io.IOException;

/** Makes {@code report.html} out of what lies in a run directory. Stateless. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Writes the page, instead of one that is there.
     *
     * @throws dev.nurture.run.RunDirectoryException if a file of the run makes no sense
     */
    public static void write(Storage storage, RunFiles files) throws IOException {
        AtomicFile.write(storage, files.report(), ReportPage.of(ReportData.of(storage, files, false)));
    }
}
