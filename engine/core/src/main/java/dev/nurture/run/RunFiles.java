package dev.nurture.run;

import java.nio.file.Path;

/** Where everything lies in a run's folder. Nothing need be there yet. */
public record RunFiles(Path folder) {
    /** Returns the resolved definition, every default written out. */
    public Path experiment() {
        return folder.resolve("experiment.yaml");
    }

    /** Returns the record that {@link RunRecord} keeps and {@link RunSummary} reads. */
    public Path record() {
        return folder.resolve("run.json");
    }

    public Path metrics() {
        return folder.resolve("metrics.csv");
    }

    public Path timings() {
        return folder.resolve("timings.csv");
    }

    /** Returns what the run looked like inside, see {@link HistoryLog}. */
    public Path history() {
        return folder.resolve("history.jsonl");
    }

    /** Returns what the trained network answers right and wrong, and what its first weights look like. */
    public Path evaluation() {
        return folder.resolve("evaluation.json");
    }

    public Path findings() {
        return folder.resolve("findings.json");
    }

    /** Returns the definition with the changes that helped, when somebody asked for them. */
    public Path repaired() {
        return folder.resolve("repaired.yaml");
    }

    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    public Path report() {
        return folder.resolve("report.html");
    }

    /** Returns one line a trial, of a search. */
    public Path trials() {
        return folder.resolve("trials.jsonl");
    }

    /** Returns the best trial's definition, of a search. */
    public Path best() {
        return folder.resolve("best.yaml");
    }

    /** Returns the file whose lock marks the run as in use; not to be opened, see {@link RunDirectory}. */
    Path lock() {
        return folder.resolve(RunLock.NAME);
    }
}
