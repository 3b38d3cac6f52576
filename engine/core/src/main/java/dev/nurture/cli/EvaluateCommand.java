package dev.nurture.cli;

import com.google.gson.JsonObject;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.spi.Dataset;
import dev.nurture.train.Ensemble;
import dev.nurture.train.Evaluation;
import dev.nurture.train.Experiment;
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
        TrainedRuns trained = trainedRuns();
        Ensemble ensemble = new Ensemble();
        JsonObject json = new JsonObject();
        for (Path run : runs) {
            Evaluation evaluation = evaluate(run, ensemble, trained);
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

    private Evaluation evaluate(Path run, Ensemble ensemble, TrainedRuns trained) throws Exception {
        try (Experiment experiment = trained.restored(run)) {
            Dataset rows = rows(run, experiment);
            if (runs.size() > 1) {
                ensemble.add(run.toString(), rows, experiment.evaluator().predict(rows), experiment.dataSha256());
            }
            return experiment.evaluator().evaluate(rows);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, run + ": " + e.getMessage(), e);
        }
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
