package dev.nurture.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.compute.BlasCompute;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.compute.Workers;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Verdict;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLoader;
import dev.nurture.verify.PartReport;
import dev.nurture.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds the parts of a jar to the contracts of their kinds. */
@CommandLine.Command(
        name = "verify",
        description =
                "Holds every part of a plugin jar to the contract of its kind: a table a part; exit 2 on a failure.",
        sortOptions = false)
final class PluginsVerifyCommand extends Command {
    private static final String FORM = "  %-20s %-8s %s";

    @Parameters(paramLabel = "JAR", description = "A plugin jar, or a folder with a plugin and its libraries.")
    Path jar;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the inputs that the parts are tried on (default: 1).")
    long seed = 1;

    PluginsVerifyCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws CommandFailure {
        if (!Files.exists(jar)) {
            throw new CommandFailure(ExitCode.AT_FAULT, jar + ": there is no such file", null);
        }
        Thread ended = new Thread(this::endedByPlugin, "nurture-unfinished");
        Runtime.getRuntime().addShutdownHook(ended);
        try (Workers workers = new Workers(1)) {
            PluginCatalog catalog = PluginLoader.only(jar);
            catalog.problems().forEach(problem -> console().error("plugin " + problem));
            catalog.notices().forEach(notice -> console().notice("plugin " + notice));
            BlasLibrary blas = engine(BlasLibrary.class);
            Verifier verifier = new Verifier(
                    engine(PluginCatalog.class), new BlasCompute(blas.blas(), workers), seed, Examination.LIMIT);
            List<PartReport> reports = new ArrayList<>();
            for (Part part : catalog.all()) {
                console().status("verifying " + part.kind().label() + " " + part.name() + " …");
                PartReport report = verifier.verify(part);
                reports.add(report);
                if (!options.json) {
                    show(report);
                }
            }
            console().status("");
            if (options.json) {
                JsonArray all = new JsonArray();
                reports.forEach(report -> all.add(json(report)));
                console().result(new GsonBuilder().setPrettyPrinting().create().toJson(all));
            } else {
                summary(catalog, reports);
            }
            boolean sound = catalog.problems().isEmpty() && reports.stream().noneMatch(PartReport::broken);
            return sound ? ExitCode.DONE : ExitCode.AT_FAULT;
        } finally {
            Runtime.getRuntime().removeShutdownHook(ended);
        }
    }

    /** Code of the jar may call System.exit: that is no pass. */
    private void endedByPlugin() {
        console().error(jar + ": the process was ended while its parts were tried; does it call System.exit?");
        Runtime.getRuntime().halt(ExitCode.AT_FAULT);
    }

    private void show(PartReport report) {
        Part part = report.part();
        console().result(part.kind().label() + " " + part.name() + " (" + part.origin() + ")");
        report.obstacle().ifPresent(reason -> console().result("  not examined: " + reason));
        for (Verdict verdict : worst(report).values()) {
            String word = switch (verdict.status()) {
                case KEPT -> "pass";
                case BROKEN -> "FAIL";
                case NOT_APPLICABLE -> "-";
            };
            String text = verdict.status() == Verdict.Status.KEPT ? verdict.promise() : verdict.message();
            console().result(String.format(Locale.ROOT, FORM, verdict.clause(), word, text));
        }
        if (report.runs().size() > 1) {
            console()
                    .result(String.format(
                            Locale.ROOT,
                            "  under %d settings: %s",
                            report.runs().size(),
                            String.join(
                                    ", ",
                                    report.runs().stream()
                                            .map(PartReport.Run::settings)
                                            .toList())));
        }
        report.nanos().ifPresent(nanos -> console().result("  " + speed(report, nanos)));
        console().result("");
    }

    private static String speed(PartReport report, double nanos) {
        String own = String.format(Locale.ROOT, "%.3g ns an element", nanos);
        return report.peerNanos().isEmpty()
                ? own
                : own
                        + String.format(
                                Locale.ROOT,
                                "; built-in '%s': %.3g ns",
                                report.peer(),
                                report.peerNanos().getAsDouble());
    }

    /** Returns for each clause the verdict that matters most, whatever the settings it came under. */
    private static Map<String, Verdict> worst(PartReport report) {
        Map<String, Verdict> worst = new LinkedHashMap<>();
        for (PartReport.Run run : report.runs()) {
            for (Verdict verdict : run.verdicts()) {
                worst.merge(
                        verdict.clause(),
                        verdict.broken() ? under(run, verdict) : verdict,
                        (old, other) -> other.broken() ? other : old);
            }
        }
        return worst;
    }

    private static Verdict under(PartReport.Run run, Verdict verdict) {
        return run.settings().equals(Sample.DEFAULTS)
                ? verdict
                : new Verdict(
                        verdict.clause(),
                        verdict.promise(),
                        verdict.status(),
                        verdict.message() + " [" + run.settings() + "]",
                        verdict.measured(),
                        verdict.expected());
    }

    private void summary(PluginCatalog catalog, List<PartReport> reports) {
        long broken = reports.stream().filter(PartReport::broken).count();
        long unexamined =
                reports.stream().filter(report -> report.runs().isEmpty()).count();
        String parts = reports.size() + (reports.size() == 1 ? " part" : " parts");
        if (broken > 0) {
            console()
                    .result(jar + ": " + broken + " of " + parts + " " + (broken == 1 ? "breaks" : "break")
                            + " the contract of " + (broken == 1 ? "its kind" : "their kinds"));
        } else if (catalog.problems().isEmpty()) {
            console()
                    .result(jar + ": " + parts + ", verified"
                            + (unexamined == 0 ? "" : " but for " + unexamined + " that could not be examined"));
        }
    }

    private static JsonObject json(PartReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", report.part().kind().label());
        json.addProperty("name", report.part().name());
        json.addProperty("plugin", report.part().origin().name());
        json.addProperty("version", report.part().origin().version());
        json.addProperty("sha256", report.part().origin().sha256());
        json.addProperty("pass", !report.broken());
        report.obstacle().ifPresent(reason -> json.addProperty("not_examined", reason));
        report.nanos().ifPresent(nanos -> json.addProperty("ns_per_element", nanos));
        report.peerNanos().ifPresent(nanos -> {
            json.addProperty("built_in", report.peer());
            json.addProperty("built_in_ns_per_element", nanos);
        });
        JsonArray clauses = new JsonArray();
        for (PartReport.Run run : report.runs()) {
            for (Verdict verdict : run.verdicts()) {
                JsonObject one = new JsonObject();
                one.addProperty("settings", run.settings());
                one.addProperty("clause", verdict.clause());
                one.addProperty("verdict", verdict.status().name().toLowerCase(Locale.ROOT));
                if (!verdict.message().isEmpty()) {
                    one.addProperty("message", verdict.message());
                }
                if (verdict.broken()) {
                    one.addProperty("measured", verdict.measured());
                    one.addProperty("expected", verdict.expected());
                }
                clauses.add(one);
            }
        }
        json.add("clauses", clauses);
        return json;
    }
}
