package dev.nurture.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code run.json} says of a run.
 *
 * @param metrics in the order of the file
 * @param finished absent while it runs, and for ever when it was killed
 * @param cause of a failure or an interruption
 */
public record RunSummary(
        String name,
        Status status,
        Instant started,
        Optional<Instant> finished,
        OptionalInt exit,
        Optional<String> cause,
        long seed,
        Map<String, Double> metrics) {
    public RunSummary {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Reads the record of a run, which may be in progress.
     *
     * @throws RunDirectoryException if there is none or it makes no sense
     */
    public static RunSummary read(Storage storage, Path folder) throws IOException {
        Path file = new RunFiles(folder).record();
        try (java.io.Reader reader = Channels.newReader(storage.read(file), StandardCharsets.UTF_8)) {
            return of(Json.GSON.fromJson(reader, JsonObject.class));
        } catch (NoSuchFileException e) {
            throw new RunDirectoryException(folder, "is none: it has no " + file.getFileName(), e);
        } catch (JsonParseException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException
                | DateTimeParseException e) {
            throw RunDirectoryException.notUnderstood(folder, file, e);
        }
    }

    private static RunSummary of(JsonObject json) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> metric :
                member(json, "metrics").getAsJsonObject().entrySet()) {
            // Double.parseDouble reads the words for what is not finite, too.
            metrics.put(metric.getKey(), metric.getValue().getAsDouble());
        }
        Optional<JsonElement> exit = optional(json, "exit");
        return new RunSummary(
                member(json, "name").getAsString(),
                Status.of(member(json, "status").getAsString()),
                Instant.parse(member(json, "started").getAsString()),
                optional(json, "finished").map(JsonElement::getAsString).map(Instant::parse),
                exit.isPresent() ? OptionalInt.of(exit.get().getAsInt()) : OptionalInt.empty(),
                optional(json, "cause").map(JsonElement::getAsString),
                member(json, "seed").getAsLong(),
                metrics);
    }

    private static Optional<JsonElement> optional(JsonObject json, String key) {
        return Optional.ofNullable(json.get(key)).filter(element -> !element.isJsonNull());
    }

    private static JsonElement member(JsonObject json, String key) {
        return optional(json, key).orElseThrow(() -> new IllegalArgumentException("it has no '" + key + "'"));
    }
}
