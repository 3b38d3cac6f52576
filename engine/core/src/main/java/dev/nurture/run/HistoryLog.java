package dev.nurture.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code history.jsonl}: what a run looked like inside, and when, a line of JSON a look. It is there to be shown;
 * no result depends on it, and it is not forced to the disk. One thread writes, any may read.
 */
public final class HistoryLog implements Closeable {
    private static final String STEP = "step";
    private static final Gson LINE = new GsonBuilder().serializeNulls().create();

    private final Storage.Output output;

    private HistoryLog(Storage.Output output) {
        this.output = output;
    }

    /** Creates the file. */
    public static HistoryLog create(RunDirectory directory) throws IOException {
        Path file = directory.files().history();
        try {
            return new HistoryLog(directory.storage().create(file));
        } catch (IOException e) {
            throw new IOException(file + " could not be created: " + Reason.of(e), e);
        }
    }

    /** Opens the file behind its lines of no later step; what follows is cut off. Where there is none it is created. */
    public static HistoryLog resume(RunDirectory directory, long step) throws IOException {
        Path file = directory.files().history();
        if (!directory.storage().exists(file)) {
            return create(directory);
        }
        long length = 0;
        for (Line line : lines(directory.storage(), file)) {
            if (line.json.get(STEP).getAsLong() > step) {
                break;
            }
            length = line.end;
        }
        return new HistoryLog(directory.storage().append(file, length));
    }

    /** Adds a line, which says its step. */
    public void append(JsonObject line) throws IOException {
        if (!line.has(STEP)) {
            throw new IllegalArgumentException("a line without its step: " + line);
        }
        output.write(ByteBuffer.wrap((LINE.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the lines of a file, up to the first that is not whole; none where there is no file. */
    public static List<JsonObject> read(Storage storage, Path file) throws IOException {
        return storage.exists(file)
                ? lines(storage, file).stream().map(Line::json).toList()
                : List.of();
    }

    /** @param end of the line in the file, its newline included */
    private record Line(JsonObject json, long end) {}

    private static List<Line> lines(Storage storage, Path file) throws IOException {
        byte[] whole = storage.bytes(file);
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                try {
                    JsonElement json =
                            JsonParser.parseString(new String(whole, start, i - start, StandardCharsets.UTF_8));
                    if (!json.isJsonObject() || !json.getAsJsonObject().has(STEP)) {
                        return lines;
                    }
                    lines.add(new Line(json.getAsJsonObject(), i + 1L));
                } catch (JsonParseException e) {
                    return lines;
                }
                start = i + 1;
            }
        }
        return lines;
    }

    /** Returns a number as JSON has it; null for what is not there, and words for what is not finite. */
    public static JsonElement number(double value) {
        return Double.isNaN(value) ? JsonNull.INSTANCE : Json.number(value);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
