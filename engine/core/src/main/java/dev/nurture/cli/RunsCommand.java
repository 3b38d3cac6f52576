package dev.nurture.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.run.RunDirectoryException;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Lists the runs in a folder. */
@CommandLine.Command(
        name = "runs",
        description = "Lists the runs in a folder, the earliest first.",
        sortOptions = false)
final class RunsCommand extends Command {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** What is said of the result, the first that a run has. */
    private static final List<String> RESULTS = List.of(
            "test_accuracy", "validation_accuracy", "train_accuracy", "test_loss", "validation_loss", "train_loss");

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder of run directories (default: runs).")
    Path folder = Path.of("runs");

    RunsCommand(Console console) {
        super(console);
    }

    /** A run and where it lies. */
    private record Found(Path folder, RunSummary run) {}

    @Override
    int execute() throws Exception {
        Storage storage = engine(Storage.class);
        if (!storage.isFolder(folder)) {
            throw new CommandFailure(ExitCode.AT_FAULT, folder + " is not a folder", null);
        }
        List<Found> found = new ArrayList<>();
        for (Path one : storage.list(folder)) {
            if (storage.exists(new RunFiles(one).record())) {
                try {
                    found.add(new Found(one, RunSummary.read(storage, one)));
                } catch (RunDirectoryException e) {
                    console().warning(e.getMessage());
                }
            }
        }
        found.sort(Comparator.comparing(one -> one.run.started()));
        if (options.json) {
            JsonArray json = new JsonArray();
            found.forEach(one -> json.add(json(one)));
            console().result(json.toString());
        } else {
            table(found);
        }
        return ExitCode.DONE;
    }

    private static JsonObject json(Found one) {
        JsonObject json = new JsonObject();
        json.addProperty("run", one.folder.getFileName().toString());
        json.addProperty("name", one.run.name());
        json.addProperty("status", one.run.status().label());
        json.addProperty("started", one.run.started().toString());
        json.addProperty("seed", one.run.seed());
        JsonObject metrics = new JsonObject();
        one.run.metrics().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                metrics.addProperty(name, value);
            }
        });
        json.add("metrics", metrics);
        return json;
    }

    private void table(List<Found> found) throws IOException {
        int width = found.stream()
                .mapToInt(one -> one.folder.getFileName().toString().length())
                .max()
                .orElse(3);
        String format = "%-" + (width + 2) + "s%-13s%-18s%s";
        console().result(String.format(Locale.ROOT, format, "run", "status", "started", "result"));
        for (Found one : found) {
            console()
                    .result(String.format(
                                    Locale.ROOT,
                                    format,
                                    one.folder.getFileName(),
                                    one.run.status().label(),
                                    STARTED.format(one.run.started().atZone(ZoneId.systemDefault())),
                                    result(one.run))
                            .stripTrailing());
        }
    }

    private static String result(RunSummary run) {
        Stream<String> known = RESULTS.stream().filter(run.metrics()::containsKey);
        String result = known.findFirst().map(name -> described(name, run)).orElse("");
        String cause = run.cause()
                .map(reason -> (result.isEmpty() ? "" : "; ") + reason)
                .orElse("");
        return result + cause;
    }

    private static String described(String name, RunSummary run) {
        return name.replace('_', ' ') + " " + Figures.metric(name, run.metrics().get(name));
    }
}
