package dev.nurture.report;

import com.google.gson.JsonObject;
import dev.nurture.run.RunFiles;
import dev.nurture.run.Storage;
import dev.nurture.spi.RunListener;
import java.io.IOException;

/** How a run stands that is under way, as a page. Any thread. */
public final class LiveReport implements RunListener.Report {
    private final Storage storage;
    private final RunFiles files;

    public LiveReport(Storage storage, RunFiles files) {
        this.storage = storage;
        this.files = files;
    }

    @Override
    public String page() throws IOException {
        return ReportPage.of(gather());
    }

    @Override
    public String data() throws IOException {
        return gather().toString();
    }

    private JsonObject gather() throws IOException {
        JsonObject data = ReportData.of(storage, files, true);
        boolean running = data.get("status").getAsString().equals("running");
        data.addProperty("live", running);
        return data;
    }
}
