package dev.nurture.cli;

import dev.nurture.check.CheckUp;
import dev.nurture.check.Repair;
import dev.nurture.check.ShortTraining;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The check-up alone, and what would mend what it finds. */
@CommandLine.Command(
        name = "check",
        description = "Looks at an experiment before it is trained, and says what is wrong and what to change.",
        sortOptions = false)
final class CheckCommand extends FreshCommand {
    @Option(
            names = "--fix",
            description = "Also tries what is advised on short trainings, and writes the definition with what helped"
                    + " into the run directory; DEF itself stays as it is.")
    boolean fix;

    CheckCommand(Console console) {
        super(console);
    }

    @Override
    int work(Experiment experiment, RunDirectory directory, double prepared) throws Exception {
        Supervision supervision = supervision();
        return supervision.fresh(
                experiment,
                directory,
                prepared,
                (record, provenance) -> supervision.recorded(
                        experiment,
                        directory,
                        record,
                        whereabouts -> look(experiment, directory, record, supervision)));
    }

    private int look(Experiment experiment, RunDirectory directory, RunRecord record, Supervision supervision)
            throws Exception {
        CheckUp.Report report = supervision.checkUp(experiment, directory, record);
        List<Finding> findings = report.findings();
        Optional<Finding> forbidding = CheckUp.forbidding(findings);
        if (forbidding.isEmpty()) {
            record.end();
        }
        show(report);
        if (fix && !findings.isEmpty()) {
            repair(findings, directory);
        }
        if (!options.json) {
            console().result("written", directory.files().folder().toString());
        }
        int exit = forbidding.isPresent() ? ExitCode.CHECK_FAILED : ExitCode.DONE;
        record.finish(
                forbidding.isPresent() ? Status.FAILED : Status.SUCCEEDED,
                exit,
                forbidding.map(Finding::message).orElse(null));
        supervision.writeReport(directory);
        return exit;
    }

    private void show(CheckUp.Report report) {
        if (options.json) {
            return;
        }
        console().result(String.format(Locale.ROOT, "%-28s%-8s%8s", "check", "result", "seconds"));
        for (CheckUp.Result result : report.results()) {
            console()
                    .result(String.format(
                            Locale.ROOT, "%-28s%-8s%8.2f", result.check(), result.verdict(), result.seconds()));
        }
        console().result("");
        if (report.findings().isEmpty()) {
            console().result("healthy", String.format(Locale.ROOT, "nothing found in %.1f s", report.seconds()));
        }
        new FindingList(console()).asResult(report.findings());
    }

    private void repair(List<Finding> findings, RunDirectory directory) throws Exception {
        Repair repair = new Repair(
                this::definition,
                engine(ExperimentFactory.class),
                what -> console().status(what));
        Repair.Outcome outcome = repair.of(findings);
        console().status("");
        if (!outcome.changes().isEmpty()) {
            AtomicFile.write(
                    directory.storage(),
                    directory.files().repaired(),
                    engine(DefinitionWriter.class).write(outcome.definition()));
        }
        if (options.json) {
            return;
        }
        console().result("");
        if (outcome.attempts().isEmpty()) {
            console().result("tried", "nothing: what was found needs a person");
            return;
        }
        outcome.attempts().forEach(this::show);
        String label = "patch";
        for (String change : outcome.changes()) {
            console().result(label, change);
            label = "";
        }
        if (!outcome.changes().isEmpty()) {
            console().result("left", left(outcome.left()));
            console().result("repaired", directory.files().repaired().toString());
        }
    }

    private void show(Repair.Attempt attempt) {
        console()
                .result(
                        "tried",
                        String.join(" ", attempt.finding().changes()) + ", for "
                                + attempt.finding().fault());
        if (attempt.after().isEmpty()) {
            console().result("", "cannot be applied: " + attempt.problem().strip());
            return;
        }
        ShortTraining before = attempt.before();
        ShortTraining after = attempt.after().get();
        String accuracy = Double.isNaN(after.accuracy())
                ? ""
                : ", accuracy " + Figures.accuracy(before.accuracy()) + " → " + Figures.accuracy(after.accuracy());
        console()
                .result(
                        "",
                        "after " + after.steps() + " steps: loss " + Figures.loss(before.loss()) + " → "
                                + Figures.loss(after.loss()) + accuracy
                                + (attempt.kept() ? "; kept" : "; does not help"));
    }

    private static String left(List<Finding> findings) {
        return findings.isEmpty()
                ? "nothing to be found"
                : String.join(
                        ", ", findings.stream().map(Finding::fault).distinct().toList());
    }
}
