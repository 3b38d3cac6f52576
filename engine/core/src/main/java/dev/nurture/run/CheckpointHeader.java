package dev.nurture.run;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import dev.nurture.spi.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a checkpoint: what tensors there are and where. Only one way of writing it is accepted: tensors in
 * the order of their data, each beginning where the one before it ends, the integrity tensor last.
 *
 * @param tensors name and shape, in the order of the data
 * @param bytes the header's length, padding included
 */
record CheckpointHeader(long step, Map<String, String> metadata, Map<String, Shape> tensors, int bytes) {
    static final int LENGTH_BYTES = 8;
    static final int MOST_BYTES = 1 << 20;

    private static final String METADATA = "__metadata__";
    private static final String INTEGRITY = "__integrity__";
    private static final String FORMAT_VERSION = "format_version";
    private static final String STEP = "step";
    private static final String VERSION = "1";
    private static final int ALIGNMENT = 8;

    static final List<String> RESERVED_NAMES = List.of(METADATA, INTEGRITY);
    static final List<String> RESERVED_METADATA = List.of(FORMAT_VERSION, STEP);

    /**
     * Returns the header of a checkpoint as it stands in the file, padded with spaces so that the data begin at a
     * multiple of eight.
     */
    static byte[] encode(Checkpoint checkpoint) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setStrictness(Strictness.STRICT);
        json.beginObject();
        json.name(METADATA).beginObject();
        json.name(FORMAT_VERSION).value(VERSION);
        json.name(STEP).value(Long.toString(checkpoint.step()));
        for (Map.Entry<String, String> entry : checkpoint.metadata().entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
        long end = 0;
        for (Map.Entry<String, Checkpoint.Tensor> entry : checkpoint.tensors().entrySet()) {
            Shape shape = entry.getValue().shape();
            end = tensor(json, entry.getKey(), "F32", shape.toArray(), end, end + (long) shape.size() * Float.BYTES);
        }
        tensor(json, INTEGRITY, "U8", new int[] {Sha256.BYTES}, end, end + Sha256.BYTES);
        json.endObject();
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        if (padded.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the checkpoint's header would have " + padded.length + " bytes, more than " + MOST_BYTES);
        }
        return padded;
    }

    private static long tensor(JsonWriter json, String name, String type, int[] shape, long begin, long end)
            throws IOException {
        json.name(name).beginObject().name("dtype").value(type).name("shape").beginArray();
        for (int extent : shape) {
            json.value(extent);
        }
        json.endArray().name("data_offsets").beginArray();
        json.value(begin).value(end).endArray().endObject();
        return end;
    }

    /**
     * Reads a header.
     *
     * @param dataBytes how many bytes follow it in the file
     */
    static CheckpointHeader parse(byte[] bytes, long dataBytes, Path file) throws CheckpointException {
        try {
            if (bytes.length == 0 || bytes[0] != '{') {
                throw new IOException("it does not begin with '{'");
            }
            // Unlike new String(…), this refuses what is not UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Parser(text).header(bytes.length, dataBytes);
        } catch (CharacterCodingException e) {
            throw new CheckpointException(file, "its header is not UTF-8", e);
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new CheckpointException(file, "its header is not strict JSON of the expected form", e);
        } catch (IOException e) {
            throw new CheckpointException(file, "its header is wrong: " + e.getMessage(), e);
        }
    }

    /** Reads token by token exactly what a header may hold, so that nothing else is ever built in memory. */
    private static final class Parser {
        private final JsonReader json;
        private final Map<String, Shape> tensors = new LinkedHashMap<>();
        private Map<String, String> metadata;
        private boolean integrity;
        private long end;

        Parser(String text) {
            json = new JsonReader(new StringReader(text));
            json.setStrictness(Strictness.STRICT);
        }

        CheckpointHeader header(int bytes, long dataBytes) throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                entry(json.nextName());
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows the closing '}'");
            }
            if (!integrity) {
                throw new IOException("it has no '" + INTEGRITY + "'");
            }
            if (end != dataBytes) {
                throw new IOException("it describes " + end + " bytes of data, but " + dataBytes + " follow");
            }
            if (metadata == null) {
                throw new IOException("it has no '" + METADATA + "'");
            }
            String version = metadata.remove(FORMAT_VERSION);
            if (!VERSION.equals(version)) {
                throw new IOException("its format version is " + version + "; this is a reader of " + VERSION);
            }
            String step = metadata.remove(STEP);
            if (step == null) {
                throw new IOException("its metadata have no '" + STEP + "'");
            }
            return new CheckpointHeader(number(step), metadata, tensors, bytes);
        }

        private void entry(String name) throws IOException {
            if (integrity) {
                throw new IOException("'" + name + "' follows '" + INTEGRITY + "', which must be the last");
            }
            if (name.equals(METADATA)) {
                metadata();
                return;
            }
            if (tensors.containsKey(name)) {
                throw new IOException("'" + name + "' occurs twice");
            }
            tensor(name);
        }

        private void metadata() throws IOException {
            if (metadata != null) {
                throw new IOException("'" + METADATA + "' occurs twice");
            }
            metadata = new LinkedHashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                String key = json.nextName();
                if (metadata.put(key, text()) != null) {
                    throw new IOException("the metadata '" + key + "' occur twice");
                }
            }
            json.endObject();
        }

        private void tensor(String name) throws IOException {
            String type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            json.beginObject();
            while (json.hasNext()) {
                String key = json.nextName();
                if (key.equals("dtype") && type == null) {
                    type = text();
                } else if (key.equals("shape") && shape == null) {
                    shape = numbers();
                } else if (key.equals("data_offsets") && offsets == null) {
                    offsets = numbers();
                } else {
                    throw new IOException("'" + key + "' of '" + name + "' occurs twice or does not belong there");
                }
            }
            json.endObject();
            if (type == null || shape == null || offsets == null || offsets.size() != 2) {
                throw new IOException("'" + name + "' needs a dtype, a shape and two data_offsets");
            }
            integrity = name.equals(INTEGRITY);
            if (!type.equals(integrity ? "U8" : "F32")) {
                throw new IOException("'" + name + "' has the type " + type);
            }
            place(name, shape, offsets.get(0), offsets.get(1));
        }

        private void place(String name, List<Long> shape, long from, long to) throws IOException {
            if (from != end) {
                throw new IOException("'" + name + "' begins at " + from + ", but what is before it ends at " + end);
            }
            if (integrity) {
                if (!shape.equals(List.of((long) Sha256.BYTES)) || to - from != Sha256.BYTES) {
                    throw new IOException("'" + name + "' has a shape of " + shape + ", not [" + Sha256.BYTES + "]");
                }
            } else {
                Shape checked = shape(name, shape);
                if (to - from != (long) checked.size() * Float.BYTES) {
                    throw new IOException("'" + name + "' of shape " + shape + " has " + (to - from) + " bytes");
                }
                tensors.put(name, checked);
            }
            end = to;
        }

        private static Shape shape(String name, List<Long> extents) throws IOException {
            try {
                return Shape.of(extents.stream().mapToInt(Math::toIntExact).toArray());
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw new IOException("'" + name + "' has a shape of " + extents + ": " + e.getMessage(), e);
            }
        }

        private List<Long> numbers() throws IOException {
            List<Long> numbers = new ArrayList<>();
            json.beginArray();
            while (json.hasNext()) {
                if (json.peek() != JsonToken.NUMBER) {
                    throw new IOException("a whole number is missing at " + json.getPath());
                }
                numbers.add(number(json.nextString()));
            }
            json.endArray();
            return numbers;
        }

        private String text() throws IOException {
            if (json.peek() != JsonToken.STRING) {
                throw new IOException("a string is missing at " + json.getPath());
            }
            return json.nextString();
        }

        /** Reads a whole number from 0 without sign, fraction, exponent or leading zero. */
        private static long number(String digits) throws IOException {
            if (!digits.matches("0|[1-9][0-9]{0,17}")) {
                throw new IOException(digits + " is not a whole number in range");
            }
            return Long.parseLong(digits);
        }
    }
}
