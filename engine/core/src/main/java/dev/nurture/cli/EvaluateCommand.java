package dev.nurture.cli;

import com.google.gson.JsonObject;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointException;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.RunFiles;
import dev.nurture.run.Storage;
import dev.nurture.spi.Dataset;
import dev.nurture.train.Ensemble;
import dev.nurture.train.Evaluation;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import dev.nurture.train.RunMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a run, or several as an ensemble. */
@CommandLine.Command(
        name = "evaluate",
        description = "Evaluates the network of a run, or of several as an ensemble (mean of their probabilities).",
        sortOptions = false)
final class EvaluateCommand extends Command {
    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run directories.")
    List<Path> runs;

    @Option(names = "--split", paramLabel = "train|validation|test", description = "The rows (default: test).")
    Split split = Split.test;

    /** The splits, spelled as on the command line. */
    enum Split {
        train,
        validation,
        test
    }

    EvaluateCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        engine(BlasLibrary.class).warning().ifPresent(console()::warning);
        Ensemble ensemble = new Ensemble();
        JsonObject json = new JsonObject();
        for (Path run : runs) {
            Evaluation evaluation = evaluate(run, ensemble);
            show(json, run.toString(), evaluation);
        }
        if (runs.size() > 1) {
            show(json, "ensemble of " + runs.size(), ensemble.evaluate());
        }
        if (options.json) {
            console().result(json.toString());
        }
        return ExitCode.DONE;
    }

    private Evaluation evaluate(Path run, Ensemble ensemble) throws Exception {
        RunFiles files = new RunFiles(run);
        if (!Files.isRegularFile(files.experiment())) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    run + ": is no run directory: it has no "
                            + files.experiment().getFileName(),
                    null);
        }
        Definition definition = engine(Definitions.class).read(files.experiment(), List.of());
        Checkpoint checkpoint = checkpoint(run, files, definition);
        try (Experiment experiment = engine(ExperimentFactory.class)
                .restored(definition, checkpoint, rows -> warnOfData(run, checkpoint, rows))) {
            Dataset rows = rows(run, experiment);
            if (runs.size() > 1) {
                ensemble.add(run.toString(), rows, experiment.evaluator().predict(rows), experiment.dataSha256());
            }
            return experiment.evaluator().evaluate(rows);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, run + ": " + e.getMessage(), e);
        }
    }

    private void warnOfData(Path run, Checkpoint checkpoint, String sha256) {
        if (!DecisiveProvenance.dataSha256(checkpoint).equals(sha256)) {
            console()
                    .warning(run + ": its data have changed since it was trained, so rows that it was trained on"
                            + " may be among these");
        }
    }

    /** Returns the checkpoint the run ended with: the best where the definition goes back to it, otherwise the last. */
    private Checkpoint checkpoint(Path run, RunFiles files, Definition definition) throws Exception {
        CheckpointFolder folder = new CheckpointFolder(engine(Storage.class), files.checkpoints());
        if (!Files.isDirectory(files.checkpoints())) {
            throw new CommandFailure(ExitCode.AT_FAULT, run + ": has no checkpoints", null);
        }
        CheckpointFolder.Latest latest = folder.latest();
        for (CheckpointException rejected : latest.rejected()) {
            console().warning(rejected.getMessage());
        }
        Checkpoint last = latest.checkpoint()
                .orElseThrow(() -> new CommandFailure(ExitCode.AT_FAULT, run + ": has no valid checkpoint", null));
        boolean restoreBest = definition
                .training()
                .earlyStopping()
                .map(Definition.EarlyStopping::restoreBest)
                .orElse(false);
        long best = RunMark.of(last).bestStep();
        return restoreBest && best > 0 && best != last.step() ? folder.load(best) : last;
    }

    private Dataset rows(Path run, Experiment experiment) throws CommandFailure {
        Optional<Dataset> rows = switch (split) {
            case train -> Optional.of(experiment.splits().train());
            case validation -> experiment.splits().validation();
            case test -> experiment.splits().test();
        };
        return rows.orElseThrow(
                () -> new CommandFailure(ExitCode.AT_FAULT, run + ": has no " + split + " split", null));
    }

    private void show(JsonObject json, String name, Evaluation evaluation) {
        if (options.json) {
            JsonObject one = new JsonObject();
            one.addProperty("split", split.toString());
            if (Double.isFinite(evaluation.loss())) {
                one.addProperty("loss", evaluation.loss());
            }
            if (!Double.isNaN(evaluation.accuracy())) {
                one.addProperty("accuracy", evaluation.accuracy());
            }
            json.add(name, one);
        } else {
            console()
                    .result(name + ": " + split + " loss " + Figures.loss(evaluation.loss())
                            + (Double.isNaN(evaluation.accuracy())
                                    ? ""
                                    : ", accuracy " + Figures.accuracy(evaluation.accuracy())));
        }
    }
}
