package dev.nurture.cli;

import com.google.gson.JsonObject;
import dev.nurture.report.ComparePage;
import dev.nurture.report.ReportData;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets runs side by side. */
@CommandLine.Command(
        name = "compare",
        description = "Shows what several runs came to, side by side, and writes a page with their curves.",
        sortOptions = false)
final class CompareCommand extends Command {
    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Run directories.")
    List<Path> folders;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the page goes (default: compare.html).")
    Path output = Path.of("compare.html");

    CompareCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Storage storage = engine(Storage.class);
        List<RunSummary> runs = new ArrayList<>();
        List<JsonObject> data = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(RunSummary.read(storage, folder));
            data.add(ReportData.of(storage, new RunFiles(folder), false));
        }
        if (options.json) {
            console().result(data.stream().map(CompareCommand::row).toList().toString());
        } else {
            table(runs);
        }
        AtomicFile.write(storage, output, ComparePage.of(data));
        if (!options.json) {
            console().result("");
            console().result("written", output.toString());
        }
        return ExitCode.DONE;
    }

    private static JsonObject row(JsonObject data) {
        JsonObject row = new JsonObject();
        for (String key : List.of("run", "name", "status", "seed", "metrics")) {
            row.add(key, data.get(key));
        }
        return row;
    }

    private void table(List<RunSummary> runs) {
        int width = 14;
        Set<String> metrics = new LinkedHashSet<>();
        for (int i = 0; i < runs.size(); i++) {
            width = Math.max(width, name(i).length() + 2);
            metrics.addAll(runs.get(i).metrics().keySet());
        }
        StringBuilder names = new StringBuilder(padded("", 22));
        StringBuilder states = new StringBuilder(padded("status", 22));
        for (int i = 0; i < runs.size(); i++) {
            names.append(padded(name(i), width));
            states.append(padded(runs.get(i).status().label(), width));
        }
        console().result(names.toString().stripTrailing());
        console().result(states.toString().stripTrailing());
        for (String metric : metrics) {
            StringBuilder line = new StringBuilder(padded(metric, 22));
            for (RunSummary run : runs) {
                Double value = run.metrics().get(metric);
                line.append(padded(value == null ? "" : Figures.metric(metric, value), width));
            }
            console().result(line.toString().stripTrailing());
        }
    }

    private String name(int i) {
        return folders.get(i).toAbsolutePath().normalize().getFileName().toString();
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
