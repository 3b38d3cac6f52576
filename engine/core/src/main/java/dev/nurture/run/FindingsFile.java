package dev.nurture.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.spi.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes {@code findings.json}: an array, the root cause first, empty when all is well. */
public final class FindingsFile {
    private final RunDirectory directory;

    public FindingsFile(RunDirectory directory) {
        this.directory = directory;
    }

    /** Replaces the file. */
    public void write(List<Finding> findings) throws IOException {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject one = new JsonObject();
            one.addProperty("fault", finding.fault());
            one.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            one.addProperty("phase", finding.phase());
            one.add("subject", Json.text(finding.subject()));
            one.add("measured", Json.number(finding.measured()));
            one.add("threshold", Json.text(finding.threshold()));
            one.addProperty("message", finding.message());
            one.add("advice", Json.text(finding.advice()));
            one.add("source", Json.text(finding.source()));
            array.add(one);
        }
        AtomicFile.write(directory.storage(), directory.files().findings(), Json.GSON.toJson(array) + "\n");
    }
}
