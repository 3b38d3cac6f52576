package dev.nurture.cli;

import com.google.gson.JsonArray;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.config.Definitions;
import dev.nurture.lecture.Claim;
import dev.nurture.lecture.FigurePlan;
import dev.nurture.lecture.Lecture;
import dev.nurture.lecture.Part;
import dev.nurture.lecture.PlannedRun;
import dev.nurture.lecture.RunOutcome;
import dev.nurture.lecture.Verdict;
import dev.nurture.lecture.page.Answer;
import dev.nurture.lecture.page.ClaimTable;
import dev.nurture.lecture.page.ClaimView;
import dev.nurture.lecture.page.FigureView;
import dev.nurture.lecture.page.LecturePage;
import dev.nurture.lecture.page.PartView;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.run.RunDirectories;
import dev.nurture.train.ExperimentFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the experiments behind a lecture's claims, and says of each claim whether it holds. */
@CommandLine.Command(
        name = "lecture",
        description = "Runs the experiments behind what the lecture says, and answers green or red.",
        sortOptions = false)
final class LectureCommand extends Command {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Pattern SEEDS = Pattern.compile("([0-9]{1,6})-([0-9]{1,6})");
    private static final int MOST_SEEDS = 1_000;
    private static final String README = "README.md";

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "Parts, such as initialization, or claims, such as regularization/hidden; all of them if none"
                    + " is named.")
    List<String> asked = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "The folder of the lecture: lecture.yaml and a folder a part (default: the distribution's).")
    Path from;

    @Option(names = "--runs", paramLabel = "DIR", description = "Where run directories are made (default: runs).")
    Path runs = Path.of("runs");

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "Each run with each of these seeds, such as 1-10 or 1,2,5; a claim must hold for all.")
    String seeds;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also writes one page with all pictures, which needs no network.")
    Path report;

    @Option(
            names = "--pages",
            description =
                    "Also writes the table of claims into each part's README.md, and the pictures beside it, in the"
                            + " lecture's folder.")
    boolean pages;

    LectureCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Lecture lecture = Lecture.read(folder(), engine(PluginCatalog.class));
        List<Lecture.Selection> selected = select(lecture);
        List<Long> all = seeds();
        warnOfPlugins();
        engine(BlasLibrary.class).warning().ifPresent(console()::warning);
        Path folder = newFolder();
        int[] counts = new int[Answer.values().length];
        JsonArray json = new JsonArray();
        List<PartView> views = new ArrayList<>();
        long start = System.nanoTime();
        if (!options.json) {
            console().result("lecture", lecture.folder() + "; runs in " + folder);
        }
        try {
            for (Lecture.Selection selection : selected) {
                PartView view = work(selection, folder, all, verdict -> {
                    counts[verdict.answer().ordinal()]++;
                    show(selection.part(), verdict, json);
                });
                views.add(view);
                if (pages) {
                    write(selection.part(), view);
                }
            }
        } catch (LectureRuns.Interrupted e) {
            return e.exit();
        } finally {
            console().status("");
        }
        if (report != null) {
            write(report, LecturePage.of(new LecturePage.Page("The lecture, executed", views)));
        }
        if (pages) {
            putTable(
                    lecture.folder(),
                    views.stream().flatMap(view -> view.claims().stream()).toList());
        }
        if (options.json) {
            console().result(json.toString());
        } else {
            console().result("");
            console().result("claims", counted(counts) + " in " + Figures.time((System.nanoTime() - start) / 1e9));
            if (report != null) {
                console().result("written", report.toString());
            }
        }
        return counts[Answer.RED.ordinal()] == 0 ? ExitCode.DONE : ExitCode.NOT_AS_EXPECTED;
    }

    /** Hears of verdicts. */
    private interface Verdicts {
        void take(Verdict verdict);
    }

    private PartView work(Lecture.Selection selection, Path folder, List<Long> all, Verdicts verdicts)
            throws Exception {
        Part part = selection.part();
        if (!options.json) {
            console().result("");
            console().result(part.name() + ": " + part.title());
        }
        Map<Long, LectureRuns> bySeed = new LinkedHashMap<>();
        for (long seed : all) {
            Path place = folder.resolve(part.name());
            bySeed.put(
                    seed,
                    new LectureRuns(
                            part,
                            seeds == null ? place : place.resolve("seed-" + seed),
                            seed,
                            seeds != null,
                            drawn() && seed == all.get(0),
                            runner()));
        }
        List<ClaimView> claims = new ArrayList<>();
        for (Claim claim : selection.claims()) {
            long start = System.nanoTime();
            for (Map.Entry<Long, LectureRuns> one : bySeed.entrySet()) {
                run(part, claim.needs(), one.getValue(), seeds == null ? "" : ", seed " + one.getKey());
            }
            Map<Long, Map<String, RunOutcome>> outcomes = new LinkedHashMap<>();
            bySeed.forEach((seed, done) -> outcomes.put(seed, done.outcomes()));
            console().status("");
            Verdict verdict = Verdict.of(claim, outcomes);
            verdicts.take(verdict);
            claims.add(verdict.view(TrainingCommand.seconds(start)));
        }
        List<FigureView> figures = new ArrayList<>();
        if (drawn()) {
            LectureRuns first = bySeed.values().iterator().next();
            for (FigurePlan figure : selection.figures()) {
                run(part, figure.needs(), first, "");
                console().status("");
                draw(part, figure, first).ifPresent(figures::add);
            }
        }
        Path text = part.folder().resolve(README);
        return new PartView(
                part.name(), part.title(), Files.exists(text) ? Files.readString(text) : "", claims, figures);
    }

    /** Tells whether pictures are wanted. */
    private boolean drawn() {
        return report != null || pages;
    }

    /** Returns a picture; nothing where data of a run are missing, or it cannot be drawn. */
    private Optional<FigureView> draw(Part part, FigurePlan figure, LectureRuns done) {
        boolean missing = figure.needs().stream()
                .anyMatch(run -> done.outcomes().get(run).missing().isPresent());
        if (missing) {
            return Optional.empty();
        }
        try {
            String svg = figure.drawing().draw(done.outcomes());
            return Optional.of(new FigureView(figure.name(), figure.caption(), svg));
        } catch (IllegalArgumentException e) {
            console().warning(part.name() + ": the picture " + figure.name() + " cannot be drawn: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes the pictures and the table of a part into its folder. */
    private void write(Part part, PartView view) throws IOException {
        for (FigureView figure : view.figures()) {
            write(part.folder().resolve("pictures").resolve(figure.name() + ".svg"), figure.svg());
        }
        putTable(part.folder(), view.claims());
    }

    /** Puts the table into a README that has a place for it. */
    private static void putTable(Path folder, List<ClaimView> claims) throws IOException {
        Path readme = folder.resolve(README);
        if (!Files.exists(readme)) {
            return;
        }
        try {
            write(readme, ClaimTable.put(Files.readString(readme), claims));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, readme + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.writeString(file, text);
    }

    private void run(Part part, List<String> names, LectureRuns done, String ofSeed) throws Exception {
        for (PlannedRun run : part.runs(names)) {
            console().status(part.name() + ": " + run.name() + ofSeed);
            done.run(run);
        }
        for (String name : names) {
            if (part.ensembles().containsKey(name)) {
                done.ensemble(name, part.ensembles().get(name));
            }
        }
    }

    /** Prints a claim on one line, and below it what does not hold. */
    private void show(Part part, Verdict verdict, JsonArray json) {
        if (options.json) {
            json.add(verdict.json(part.name()));
            return;
        }
        Claim claim = verdict.claim();
        String row = claim.row().map(number -> "row " + number).orElse("");
        String measured = verdict.measured().isEmpty() ? "" : "; measured " + verdict.measuredText();
        console()
                .result(String.format(
                        Locale.ROOT,
                        "%-8s%-8s%s: %s%s%s",
                        verdict.answer().label(),
                        row,
                        claim.name(),
                        claim.claim(),
                        claim.published().map(text -> "; published " + text).orElse(""),
                        measured));
        verdict.why().forEach(sentence -> console().result("", "  " + sentence));
    }

    private static String counted(int[] counts) {
        List<String> words = new ArrayList<>();
        for (Answer answer : Answer.values()) {
            if (counts[answer.ordinal()] > 0) {
                words.add(counts[answer.ordinal()] + " " + answer.label());
            }
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private Path folder() {
        if (from != null) {
            if (!Lecture.isIn(from)) {
                throw new CommandFailure(ExitCode.AT_FAULT, "--from " + from + ": has no lecture.yaml", null);
            }
            return from;
        }
        String home = System.getProperty("nurture.home");
        if (home == null || !Lecture.isIn(Path.of(home, "lecture"))) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT, "this distribution has no lecture; name its folder with --from", null);
        }
        return Path.of(home, "lecture");
    }

    private List<Lecture.Selection> select(Lecture lecture) {
        try {
            return lecture.select(asked);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, e.getMessage(), e);
        }
    }

    /** Returns the seeds that are asked for; one, which nothing is given, if none is. */
    private List<Long> seeds() {
        if (seeds == null) {
            return List.of(0L);
        }
        List<Long> all = new ArrayList<>();
        for (String one : seeds.split(",")) {
            Matcher range = SEEDS.matcher(one.strip());
            if (range.matches()) {
                long first = Long.parseLong(range.group(1));
                long last = Long.parseLong(range.group(2));
                LongStream.rangeClosed(first, Math.min(last, first + MOST_SEEDS))
                        .forEach(all::add);
            } else if (one.strip().matches("[0-9]{1,6}")) {
                all.add(Long.parseLong(one.strip()));
            }
        }
        if (all.isEmpty() || all.size() > MOST_SEEDS) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT, "--seeds " + seeds + ": expected seeds such as 1-10 or 1,2,5", null);
        }
        return all.stream().distinct().toList();
    }

    private Path newFolder() {
        Path folder = runs.resolve("lecture-" + STAMP.format(LocalDateTime.now()));
        Path free = folder;
        for (int i = 2; Files.exists(free); i++) {
            free = Path.of(folder + "-" + i);
        }
        return free;
    }

    /** Returns what runs are made with; of each no more is heard than what comes of it. */
    private LectureRuns.Engine runner() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Console quiet = new Console(nowhere, nowhere, false, false);
        Supervision supervision = new Supervision(
                quiet,
                engine(BlasLibrary.class),
                engine(PluginCatalog.class),
                engine(DefinitionWriter.class),
                new Supervision.Manner(RunDisplay.Progress.none, false, false, false));
        return new LectureRuns.Engine(
                engine(Definitions.class),
                engine(ExperimentFactory.class),
                engine(RunDirectories.class),
                supervision,
                trainedRuns());
    }
}
