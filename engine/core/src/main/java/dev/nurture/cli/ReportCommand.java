package dev.nurture.cli;

import dev.nurture.report.ReportFile;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Storage;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Makes the page about a run anew. */
@CommandLine.Command(
        name = "report",
        description = "Writes report.html, the page about a run, into its directory.",
        sortOptions = false)
final class ReportCommand extends Command {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
    Path folder;

    ReportCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Storage storage = engine(Storage.class);
        RunSummary.read(storage, folder);
        RunFiles files = new RunFiles(folder);
        ReportFile.write(storage, files);
        console().result("written", files.report().toString());
        return ExitCode.DONE;
    }
}
