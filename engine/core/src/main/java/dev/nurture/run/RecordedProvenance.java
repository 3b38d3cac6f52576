package dev.nurture.run;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What {@code run.json} says that a run was made with.
 *
 * @param drift a sentence for each thing that was not as it had been when the run was taken up again
 */
public record RecordedProvenance(Provenance provenance, List<String> drift) {
    public RecordedProvenance {
        drift = List.copyOf(drift);
    }

    private record Content(Provenance provenance, List<Resumed> resumed) {}

    private record Resumed(List<String> drift) {}

    /**
     * Reads it.
     *
     * @throws RunDirectoryException if there is no record, or it does not say
     */
    public static RecordedProvenance read(Storage storage, Path folder) throws IOException {
        Path file = new RunFiles(folder).record();
        try (Reader reader = Channels.newReader(storage.read(file), StandardCharsets.UTF_8)) {
            Content content = Json.GSON.fromJson(reader, Content.class);
            Provenance provenance = Objects.requireNonNull(content.provenance, "it has no provenance");
            Objects.requireNonNull(provenance.java().version(), "it has no version of Java");
            Objects.requireNonNull(provenance.os().arch(), "it has no architecture");
            List<String> drift = new ArrayList<>();
            content.resumed.forEach(resumed -> drift.addAll(resumed.drift));
            return new RecordedProvenance(provenance, drift);
        } catch (NoSuchFileException e) {
            throw new RunDirectoryException(folder, "is none: it has no " + file.getFileName(), e);
        } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
            throw RunDirectoryException.notUnderstood(folder, file, e);
        }
    }
}
