package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file in the public format of safetensors, read from its description alone: the header's length as 64 bits, little
 * end first; a header in JSON, which gives type, shape and range of bytes of each tensor; the tensors.
 *
 * @param metadata what the header says beside the tensors
 * @param tensors by name, in the order of the header
 */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
    /** A tensor's bytes as they are in the file, from {@code begin} on. */
    record Tensor(String type, String shape, long begin, byte[] bytes) {}

    static Safetensors read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int data = Math.toIntExact(Long.BYTES + length);
        JsonObject header = JsonParser.parseString(new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int end = data;
        for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
            JsonObject described = entry.getValue().getAsJsonObject();
            if (entry.getKey().equals("__metadata__")) {
                described
                        .entrySet()
                        .forEach(more ->
                                metadata.put(more.getKey(), more.getValue().getAsString()));
                continue;
            }
            JsonArray offsets = described.getAsJsonArray("data_offsets");
            int from = data + offsets.get(0).getAsInt();
            assertThat(from).as("begin of %s", entry.getKey()).isEqualTo(end);
            end = data + offsets.get(1).getAsInt();
            tensors.put(
                    entry.getKey(),
                    new Tensor(
                            described.get("dtype").getAsString(),
                            described.get("shape").toString(),
                            from,
                            java.util.Arrays.copyOfRange(bytes, from, end)));
        }
        assertThat(end).as("end of the last tensor").isEqualTo(bytes.length);
        return new Safetensors(metadata, tensors);
    }
}
