package dev.nurture.cli;

import com.google.gson.JsonObject;
import dev.nurture.observe.ObservedRun;
import dev.nurture.report.MetricsHistory;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.HistoryLog;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Storage;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a run was like for a Prometheus that did not watch it. */
@CommandLine.Command(
        name = "export-metrics",
        description = "Writes a run's history as OpenMetrics, each value with its time, for"
                + " 'promtool tsdb create-blocks-from openmetrics'.",
        sortOptions = false)
final class ExportMetricsCommand extends Command {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
    Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: standard output).")
    Path output;

    ExportMetricsCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Storage storage = engine(Storage.class);
        RunSummary run = RunSummary.read(storage, folder);
        Path file = new RunFiles(folder).history();
        List<JsonObject> history = HistoryLog.read(storage, file);
        if (history.isEmpty()) {
            throw new CommandFailure(ExitCode.AT_FAULT, "run " + folder + " has no history: no step was taken", null);
        }
        StringBuilder text = new StringBuilder();
        MetricsHistory.write(run.name(), ObservedRun.id(run.name(), folder), history, text);
        if (output == null) {
            console().result(text.toString().stripTrailing());
        } else {
            AtomicFile.write(storage, output, text.toString());
        }
        return ExitCode.DONE;
    }
}
