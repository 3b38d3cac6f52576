package dev.nurture.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nurture.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case that was run with a seed, by the command line itself.
 *
 * @param exit status
 * @param findings of {@code findings.json}, the headline first
 * @param messages on standard error
 */
record Trial(Case of, long seed, int exit, List<Found> findings, String messages) {
    private static final int REFUSED = 2;

    /** A finding, as far as it counts here. */
    record Found(String fault, String severity, String message) {}

    static Trial run(Case one, long seed, Path nets, Path plugins, Path folder) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("run", nets.resolve(one.net() + ".yaml").toString(), "seed=" + seed));
        words.addAll(one.changes());
        words.addAll(List.of("--plugins", plugins.toString(), "--run-dir", folder.toString(), "--progress", "none"));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int exit;
        try (PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            exit = Main.run(out, err, words.toArray(String[]::new));
        }
        List<Found> findings = new ArrayList<>();
        Path file = folder.resolve("findings.json");
        if (Files.exists(file)) {
            for (JsonElement element :
                    JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
                JsonObject finding = element.getAsJsonObject();
                findings.add(new Found(
                        finding.get("fault").getAsString(),
                        finding.get("severity").getAsString(),
                        finding.get("message").getAsString()));
            }
        }
        return new Trial(one, seed, exit, findings, messages.toString(StandardCharsets.UTF_8));
    }

    /** Tells whether the fault is among what was found, or was refused before a run began. */
    boolean detected() {
        return refused() || findings.stream().anyMatch(found -> names(found.fault()));
    }

    /** Tells whether what was found first names the fault. */
    boolean namedRight() {
        return refused() || !findings.isEmpty() && names(findings.get(0).fault());
    }

    /** Tells whether the engine refused to begin, where that is what it should do with the fault. */
    private boolean refused() {
        return exit == REFUSED && of.synonyms().contains("refused");
    }

    private boolean names(String fault) {
        return fault.equals(of.fault().orElse("")) || of.synonyms().contains(fault);
    }

    boolean alarmed(String severity) {
        return findings.stream().anyMatch(found -> found.severity().equals(severity));
    }

    @Override
    public String toString() {
        return of.net() + " " + String.join(" ", of.changes()) + " seed=" + seed + ": exit " + exit + " "
                + findings.stream()
                        .map(found -> found.severity() + " " + found.fault() + " (" + found.message() + ")")
                        .toList()
                + (findings.isEmpty() ? " " + messages.lines().findFirst().orElse("") : "");
    }
}
