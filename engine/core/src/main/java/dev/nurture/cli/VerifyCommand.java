package dev.nurture.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.config.Definitions;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.reproduce.Comparison;
import dev.nurture.reproduce.Difference;
import dev.nurture.reproduce.RecordedRun;
import dev.nurture.reproduce.Reproduction;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.Sha256;
import dev.nurture.run.Status;
import dev.nurture.run.Storage;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a run again from its record, and tells whether that comes to the same, bit for bit. Changes nothing in it. */
@CommandLine.Command(
        name = "verify",
        description = "Trains a run again from its record and compares bit for bit, as far as the run went.",
        sortOptions = false)
final class VerifyCommand extends Command {
    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
    Path folder;

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|none",
            description = "How progress is shown (default: auto).")
    RunDisplay.Progress progress = RunDisplay.Progress.auto;

    @Option(names = "--force", description = "Also where definition, data, plugins or platform have changed.")
    boolean force;

    VerifyCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Storage storage = engine(Storage.class);
        RecordedRun run = RecordedRun.read(storage, folder);
        Path file = run.files().experiment();
        if (run.empty() || !storage.exists(file)) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    "run " + folder + " cannot be verified: it has "
                            + (run.empty() ? "neither a finished epoch nor a checkpoint" : "no " + file.getFileName()),
                    null);
        }
        Definition definition = engine(Definitions.class).read(file, List.of());
        // They only watch, and might end what is to be compared to its end.
        Definition unwatched = engine(Definitions.class).read(file, List.of("monitors=false", "checks=false"));
        warnOfPlugins();
        engine(BlasLibrary.class).warning().ifPresent(console()::warning);
        try (Experiment experiment = engine(ExperimentFactory.class).fresh(unwatched)) {
            Provenance made = provenance(definition, experiment.dataSha256());
            List<String> drift = allowedDrift(run, made);
            return verify(run, definition, experiment, made, drift);
        }
    }

    private Provenance provenance(Definition definition, String dataSha256) {
        return Provenance.here(
                engine(BlasLibrary.class).description(),
                definition.training().threads(),
                Sha256.hex(engine(DefinitionWriter.class).writeDecisive(definition)),
                dataSha256,
                engine(PluginCatalog.class).jars());
    }

    /** Returns what is not as it was when the run was made, where that is no reason to refuse. */
    private List<String> allowedDrift(RecordedRun run, Provenance made) {
        List<String> drift = new ArrayList<>();
        run.provenance().drift().forEach(sentence -> drift.add("when it was taken up again, " + sentence));
        try {
            drift.addAll(DecisiveProvenance.drift(run.provenance().provenance(), made));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, "run " + folder + " cannot be verified: " + e.getMessage(), e);
        }
        if (!force && !drift.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    "run " + folder + " cannot be made again as it was (--force tries all the same): "
                            + String.join("; ", drift),
                    null);
        }
        drift.forEach(console()::warning);
        return drift;
    }

    private int verify(
            RecordedRun run, Definition definition, Experiment experiment, Provenance made, List<String> drift)
            throws IOException {
        Path again = Files.createTempDirectory("nurture-verify-");
        boolean worthKeeping = false;
        try (Interruption interruption = Interruption.listen(experiment.trainer())) {
            Comparison comparison;
            try (RunDirectory directory = engine(RunDirectories.class).createAt(again)) {
                String resolved = engine(DefinitionWriter.class).write(definition);
                AtomicFile.write(directory.storage(), directory.files().experiment(), resolved);
                comparison = compare(new Reproduction(run, experiment, directory), experiment, made);
            }
            worthKeeping = !comparison.same();
            show(run, comparison, drift, again);
            if (worthKeeping) {
                return ExitCode.NOT_AS_EXPECTED;
            }
            return comparison.interrupted() ? interruption.exit() : ExitCode.DONE;
        } finally {
            if (!worthKeeping) {
                delete(again);
            }
        }
    }

    private Comparison compare(Reproduction reproduction, Experiment experiment, Provenance made) throws IOException {
        if (progress == RunDisplay.Progress.none) {
            return reproduction.execute(made);
        }
        try (ProgressLine line = new ProgressLine(
                console(),
                experiment.trainer().progress(),
                experiment.definition().training().batchSize(),
                progress == RunDisplay.Progress.plain)) {
            return reproduction.execute(made);
        }
    }

    private void show(RecordedRun run, Comparison comparison, List<String> drift, Path again) {
        if (options.json) {
            console().result(JSON.toJson(json(run, comparison, drift, again)));
            return;
        }
        String compared = counted(comparison.epochs(), "epoch") + ", "
                + counted(comparison.checkpoints().size(), "checkpoint") + " of "
                + counted(comparison.tensors(), "tensor");
        if (comparison.same()) {
            String went = comparison.interrupted()
                    ? "; interrupted before all was compared"
                    : run.summary().status() == Status.SUCCEEDED ? "" : "; that is as far as the run went";
            console().result(folder + ": the same, bit for bit: " + compared + went);
            return;
        }
        int epoch = comparison.firstEpoch();
        console().result(folder + ": not the same" + (epoch == 0 ? "" : ", from epoch " + epoch + " on"));
        comparison.differences().forEach(difference -> console().result("  " + difference.sentence()));
        console().result("made again in " + again);
    }

    private static String counted(int count, String what) {
        return Figures.count(count) + " " + what + (count == 1 ? "" : "s");
    }

    private JsonObject json(RecordedRun run, Comparison comparison, List<String> drift, Path again) {
        JsonObject json = new JsonObject();
        json.addProperty("run", folder.toString());
        json.addProperty("status", run.summary().status().label());
        json.addProperty("same", comparison.same());
        json.addProperty("interrupted", comparison.interrupted());
        json.addProperty("epochs", comparison.epochs());
        JsonArray steps = new JsonArray();
        comparison.checkpoints().forEach(steps::add);
        json.add("checkpoints", steps);
        json.addProperty("tensors", comparison.tensors());
        json.addProperty("first_epoch", comparison.firstEpoch() == 0 ? null : comparison.firstEpoch());
        JsonArray differences = new JsonArray();
        for (Difference difference : comparison.differences()) {
            JsonObject one = new JsonObject();
            one.addProperty("where", difference.where());
            one.addProperty("what", difference.what());
            one.addProperty("was", difference.was());
            one.addProperty("is", difference.is());
            differences.add(one);
        }
        json.add("differences", differences);
        JsonArray changed = new JsonArray();
        drift.forEach(changed::add);
        json.add("drift", changed);
        json.addProperty("made_again", comparison.same() ? null : again.toString());
        return json;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
