package dev.nurture.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes and reads checkpoint files: <a href="https://github.com/huggingface/safetensors">safetensors</a> (length of the
 * header as little-endian u64, JSON header, raw little-endian tensors without gaps) whose last tensor, {@code
 * __integrity__}, is the SHA-256 of all bytes before it. Needs a buffer of fixed size beside the tensors themselves.
 */
public final class CheckpointFormat {
    /** Bytes hashed and moved at a time. */
    private static final int BUFFER = 128 << 10;

    private CheckpointFormat() {}

    /**
     * Writes a checkpoint; neither forces nor closes the output.
     *
     * @throws IllegalArgumentException if the header would exceed 1 MiB
     */
    public static void write(Checkpoint checkpoint, Storage.Output output) throws IOException {
        byte[] header = CheckpointHeader.encode(checkpoint);
        Writer writer = new Writer(output);
        writer.header(header);
        for (Checkpoint.Tensor tensor : checkpoint.tensors().values()) {
            writer.floats(tensor.values());
        }
        writer.integrity();
    }

    /**
     * Reads a checkpoint. No tensor is allocated before the whole file has been verified; the bytes that are then read
     * into the tensors are verified again.
     *
     * @param file for messages
     * @throws CheckpointException if the file is not a valid checkpoint
     * @throws IOException if it cannot be read
     */
    public static Checkpoint read(SeekableByteChannel channel, Path file) throws IOException {
        CheckpointHeader header = verifiedHeader(channel, file);
        Reader reader = new Reader(channel, file);
        reader.skip(CheckpointHeader.LENGTH_BYTES + header.bytes());
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        header.tensors().forEach((name, shape) -> {
            tensors.put(name, new Checkpoint.Tensor(shape, new float[shape.size()]));
        });
        for (Checkpoint.Tensor tensor : tensors.values()) {
            reader.floats(tensor.values());
        }
        reader.integrity();
        return new Checkpoint(header.step(), header.metadata(), tensors);
    }

    /**
     * Reads all of a checkpoint without keeping its tensors.
     *
     * @param file for messages
     * @throws CheckpointException if the file is not a valid checkpoint
     * @throws IOException if it cannot be read
     */
    public static void verify(SeekableByteChannel channel, Path file) throws IOException {
        verifiedHeader(channel, file);
    }

    private static CheckpointHeader verifiedHeader(SeekableByteChannel channel, Path file) throws IOException {
        long size = channel.size();
        if (size < CheckpointHeader.LENGTH_BYTES) {
            throw new CheckpointException(file, "it has " + size + " bytes, too few for a header");
        }
        Reader reader = new Reader(channel, file);
        long length = reader.length();
        long rest = size - CheckpointHeader.LENGTH_BYTES;
        if (length < 0 || length > CheckpointHeader.MOST_BYTES) {
            throw new CheckpointException(
                    file,
                    "its header would have " + Long.toUnsignedString(length) + " bytes, more than "
                            + CheckpointHeader.MOST_BYTES);
        }
        if (length > rest) {
            throw new CheckpointException(
                    file, "its header would have " + length + " bytes, but " + rest + " are left");
        }
        byte[] bytes = reader.bytes((int) length);
        CheckpointHeader header = CheckpointHeader.parse(bytes, rest - length, file);
        reader.skip(rest - length - Sha256.BYTES);
        reader.integrity();
        return header;
    }

    /** Hashes on the way out. */
    private static final class Writer {
        private final Storage.Output output;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final FloatBuffer floats = buffer.asFloatBuffer();
        private final MessageDigest digest = Sha256.newDigest();

        Writer(Storage.Output output) {
            this.output = output;
        }

        void header(byte[] header) throws IOException {
            buffer.clear();
            buffer.putLong(header.length);
            flush();
            for (int from = 0; from < header.length; from += BUFFER) {
                buffer.clear();
                buffer.put(header, from, Math.min(BUFFER, header.length - from));
                flush();
            }
        }

        void floats(float[] values) throws IOException {
            int most = floats.capacity();
            for (int from = 0; from < values.length; from += most) {
                int count = Math.min(most, values.length - from);
                floats.clear();
                floats.put(values, from, count);
                buffer.clear();
                buffer.position(count * Float.BYTES);
                flush();
            }
        }

        void integrity() throws IOException {
            output.write(ByteBuffer.wrap(digest.digest()));
        }

        private void flush() throws IOException {
            buffer.flip();
            digest.update(buffer.array(), 0, buffer.limit());
            output.write(buffer);
        }
    }

    /** Hashes on the way in; begins at the start of the file. */
    private static final class Reader {
        private final SeekableByteChannel channel;
        private final Path file;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final FloatBuffer floats = buffer.asFloatBuffer();
        private final MessageDigest digest = Sha256.newDigest();

        Reader(SeekableByteChannel channel, Path file) throws IOException {
            this.channel = channel;
            this.file = file;
            channel.position(0);
        }

        long length() throws IOException {
            fill(CheckpointHeader.LENGTH_BYTES);
            return buffer.getLong(0);
        }

        byte[] bytes(int count) throws IOException {
            byte[] bytes = new byte[count];
            for (int from = 0; from < count; from += BUFFER) {
                int some = Math.min(BUFFER, count - from);
                fill(some);
                buffer.get(0, bytes, from, some);
            }
            return bytes;
        }

        void skip(long count) throws IOException {
            for (long left = count; left > 0; left -= BUFFER) {
                fill((int) Math.min(BUFFER, left));
            }
        }

        void floats(float[] values) throws IOException {
            int most = floats.capacity();
            for (int from = 0; from < values.length; from += most) {
                int count = Math.min(most, values.length - from);
                fill(count * Float.BYTES);
                floats.clear();
                floats.get(values, from, count);
            }
        }

        void integrity() throws IOException {
            byte[] expected = digest.digest();
            fill(Sha256.BYTES);
            if (!Arrays.equals(buffer.array(), 0, Sha256.BYTES, expected, 0, Sha256.BYTES)) {
                throw new CheckpointException(file, "its content does not match its SHA-256");
            }
        }

        private void fill(int count) throws IOException {
            buffer.clear().limit(count);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new CheckpointException(file, "it became shorter while it was read");
                }
            }
            digest.update(buffer.array(), 0, count);
        }
    }
}
