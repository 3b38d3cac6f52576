package dev.nurture.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.lecture.Part;
import dev.nurture.lecture.PlannedRun;
import dev.nurture.lecture.RunOutcome;
import dev.nurture.measure.RunMeasures;
import dev.nurture.report.ReportData;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.spi.Dataset;
import dev.nurture.train.DataException;
import dev.nurture.train.Ensemble;
import dev.nurture.train.Evaluation;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Does the runs that the claims of a part need, each once, and evaluates its ensembles. */
final class LectureRuns {
    /** What is added to a seed that a run gives itself, for each seed of the lecture. */
    private static final int STRIDE = 1_000;

    private final Part part;
    private final Path folder;
    private final long seed;
    private final boolean seeded;
    private final boolean drawn;
    private final Engine engine;
    private final Map<String, RunOutcome> outcomes = new LinkedHashMap<>();

    /** What runs are made with. */
    record Engine(
            Definitions definitions,
            ExperimentFactory experiments,
            RunDirectories directories,
            Supervision supervision,
            TrainedRuns trained) {}

    /** That somebody asked to stop. */
    static final class Interrupted extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exit;

        Interrupted(int exit) {
            this.exit = exit;
        }

        /** Returns the exit status that goes with it. */
        int exit() {
            return exit;
        }
    }

    /**
     * Prepares to run.
     *
     * @param folder in which each run gets a folder of its name
     * @param seed which the runs get
     * @param seeded whether they do; otherwise each keeps that of its definition
     * @param drawn whether pictures will be made of them, for which all that is known of them is kept
     */
    LectureRuns(Part part, Path folder, long seed, boolean seeded, boolean drawn, Engine engine) {
        this.part = part;
        this.folder = folder;
        this.seed = seed;
        this.seeded = seeded;
        this.drawn = drawn;
        this.engine = engine;
    }

    /** Returns where a run has its folder. */
    Path folder(String run) {
        return folder.resolve(run);
    }

    /** Returns what has come of runs so far, by their names. */
    Map<String, RunOutcome> outcomes() {
        return outcomes;
    }

    /**
     * Does a run, unless it was done before.
     *
     * @throws Interrupted if somebody asked to stop
     */
    void run(PlannedRun run) throws Exception {
        if (!outcomes.containsKey(run.name())) {
            outcomes.put(run.name(), outcome(run));
        }
    }

    private RunOutcome outcome(PlannedRun run) throws Exception {
        long start = System.nanoTime();
        try (Experiment experiment = engine.experiments.fresh(definition(run));
                RunDirectory directory = engine.directories.createAt(folder(run.name()))) {
            int exit = engine.supervision.train(experiment, directory, TrainingCommand.seconds(start));
            if (exit == ExitCode.INTERRUPTED || exit == ExitCode.TERMINATED) {
                throw new Interrupted(exit);
            }
            JsonObject data = ReportData.of(directory.storage(), directory.files(), false);
            List<String> unmet = new ArrayList<>();
            data.getAsJsonArray("expectations").forEach(one -> {
                JsonObject judgement = one.getAsJsonObject();
                if (!judgement.get("met").getAsBoolean()) {
                    unmet.add(judgement.get("what").getAsString() + " is "
                            + judgement.get("measured").getAsString() + ", expected "
                            + judgement.get("expected").getAsString());
                }
            });
            return RunOutcome.of(drawn ? data : RunMeasures.summary(data), unmet);
        } catch (DataException e) {
            if (e.getCause() instanceof FileNotFoundException) {
                return RunOutcome.missing(e.getMessage());
            }
            throw e;
        }
    }

    private Definition definition(PlannedRun run) {
        Definition definition = engine.definitions.read(run.definition(), run.changes());
        if (!seeded) {
            return definition;
        }
        boolean own = run.changes().stream().anyMatch(change -> change.startsWith("seed="));
        List<String> changes = new ArrayList<>(run.changes());
        changes.add("seed=" + (own ? definition.seed() + STRIDE * seed : seed));
        return engine.definitions.read(run.definition(), changes);
    }

    /** Evaluates an ensemble of runs that are done, unless that was done before. */
    void ensemble(String name, List<String> members) throws Exception {
        if (outcomes.containsKey(name)) {
            return;
        }
        for (String member : members) {
            if (outcomes.get(member).missing().isPresent()) {
                outcomes.put(name, outcomes.get(member));
                return;
            }
        }
        Ensemble ensemble = new Ensemble();
        for (String member : members) {
            try (Experiment experiment = engine.trained.restored(folder(member))) {
                Dataset rows = experiment.splits().test().orElseThrow(() -> noTest(member));
                ensemble.add(member, rows, experiment.evaluator().predict(rows), experiment.dataSha256());
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(
                        ExitCode.AT_FAULT,
                        part.name() + ": ensemble " + name + ": " + member + ": " + e.getMessage(),
                        e);
            }
        }
        outcomes.put(name, RunOutcome.of(gathered(ensemble.evaluate()), List.of()));
    }

    private CommandFailure noTest(String member) {
        return new CommandFailure(ExitCode.AT_FAULT, part.name() + ": " + member + " has no test split", null);
    }

    /** Returns what is known of an ensemble, in the form of what is known of a run. */
    private static JsonObject gathered(Evaluation evaluation) {
        JsonObject metrics = new JsonObject();
        metrics.addProperty("test_loss", evaluation.loss());
        metrics.addProperty("test_accuracy", evaluation.accuracy());
        JsonObject data = new JsonObject();
        data.add("metrics", metrics);
        Function<String, JsonArray> none = key -> new JsonArray();
        List.of("findings", "layers", "tensors").forEach(key -> data.add(key, none.apply(key)));
        JsonObject epochs = new JsonObject();
        List.of("step", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
                .forEach(key -> epochs.add(key, none.apply(key)));
        data.add("epochs", epochs);
        return data;
    }
}
