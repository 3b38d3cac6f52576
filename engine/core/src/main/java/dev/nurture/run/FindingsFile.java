package dev.nurture.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.nurture.spi.Finding;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes {@code findings.json}: an array, the root cause first, empty when all is well. */
public final class FindingsFile {
    private final RunDirectory directory;

    public FindingsFile(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * Returns what is in the file; nothing where there is none.
     *
     * @throws RunDirectoryException if it makes no sense
     */
    public List<Finding> read() throws IOException {
        Path file = directory.files().findings();
        if (!directory.storage().exists(file)) {
            return List.of();
        }
        try (Reader reader = Channels.newReader(directory.storage().read(file), StandardCharsets.UTF_8)) {
            List<Finding> findings = new ArrayList<>();
            for (JsonElement element : Json.GSON.fromJson(reader, JsonArray.class)) {
                findings.add(finding(element.getAsJsonObject()));
            }
            return findings;
        } catch (JsonParseException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException e) {
            throw RunDirectoryException.notUnderstood(directory.files().folder(), file, e);
        }
    }

    private static Finding finding(JsonObject json) {
        return new Finding(
                text(json, "fault"),
                Finding.Severity.valueOf(text(json, "severity").toUpperCase(Locale.ROOT)),
                text(json, "phase"),
                text(json, "subject"),
                json.get("measured").getAsDouble(),
                text(json, "threshold"),
                text(json, "message"),
                text(json, "advice"),
                text(json, "source"),
                changes(json));
    }

    private static List<String> changes(JsonObject json) {
        List<String> changes = new ArrayList<>();
        if (!json.has("changes")) {
            return changes;
        }
        json.getAsJsonArray("changes").forEach(change -> changes.add(change.getAsString()));
        return changes;
    }

    private static String text(JsonObject json, String key) {
        return json.get(key).isJsonNull() ? null : json.get(key).getAsString();
    }

    /** Replaces the file. */
    public void write(List<Finding> findings) throws IOException {
        AtomicFile.write(directory.storage(), directory.files().findings(), Json.GSON.toJson(json(findings)) + "\n");
    }

    /** Returns findings as they stand in the file, the root cause first. */
    static JsonArray json(List<Finding> findings) {
        JsonArray array = new JsonArray();
        findings.stream().sorted(Causes.ROOT_FIRST).map(FindingsFile::json).forEach(array::add);
        return array;
    }

    private static JsonObject json(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("fault", finding.fault());
        json.addProperty("severity", finding.severity().label());
        json.addProperty("phase", finding.phase());
        json.add("subject", Json.text(finding.subject()));
        json.add("measured", Json.number(finding.measured()));
        json.add("threshold", Json.text(finding.threshold()));
        json.addProperty("message", finding.message());
        json.add("advice", Json.text(finding.advice()));
        json.add("source", Json.text(finding.source()));
        if (!finding.changes().isEmpty()) {
            JsonArray changes = new JsonArray();
            finding.changes().forEach(changes::add);
            json.add("changes", changes);
        }
        return json;
    }
}
