package dev.nurture.run;

import dev.nurture.spi.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a checkpoint of 80 MB, verifies it, damages it and reads it; run in a process with less memory than that. */
final class LargeCheckpoint {
    private LargeCheckpoint() {}

    public static void main(String[] args) throws IOException {
        Storage storage = new FileStorage();
        Path file = Path.of(args[0], "step-1.safetensors");
        float[] shared = new float[1_000_000];
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            tensors.put("w" + i, new Checkpoint.Tensor(Shape.of(1000, 1000), shared));
        }
        Checkpoint checkpoint = new Checkpoint(1, Map.of(), tensors);
        try (Storage.Output output = storage.create(file)) {
            CheckpointFormat.write(checkpoint, output);
        }
        try (SeekableByteChannel channel = storage.read(file)) {
            CheckpointFormat.verify(channel, file);
            System.out.println("sound");
        }
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(50_000_000);
            damaged.write(1);
        }
        try (SeekableByteChannel channel = storage.read(file)) {
            CheckpointFormat.read(channel, file);
        } catch (CheckpointException e) {
            System.out.println(e.getMessage().replaceFirst(".*: ", ""));
        }
    }
}
