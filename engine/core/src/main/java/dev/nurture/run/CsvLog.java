package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A text file that grows by a line, and knows the SHA-256 of what it holds. One thread. */
final class CsvLog implements Closeable {
    private final Path file;
    private final Storage.Output output;
    private final MessageDigest digest;
    private long length;

    private CsvLog(Path file, Storage.Output output, MessageDigest digest, long length) {
        this.file = file;
        this.output = output;
        this.digest = digest;
        this.length = length;
    }

    /** Creates the file with its header line. */
    static CsvLog create(Storage storage, Path file, String header) throws IOException {
        try {
            CsvLog log = new CsvLog(file, storage.create(file), Sha256.newDigest(), 0);
            try {
                storage.force(file.toAbsolutePath().getParent());
                log.append(header);
                return log;
            } catch (IOException | RuntimeException | Error e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException(file + " could not be created: " + Reason.of(e), e);
        }
    }

    /** Opens the file behind what a mark covers; what follows is cut off. */
    static CsvLog resume(Storage storage, Path file, MetricLog.Mark mark) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (SeekableByteChannel channel = storage.read(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
            long left = mark.offset();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int count = channel.read(buffer);
                if (count < 0) {
                    throw new IOException(file + " has fewer than the " + mark.offset() + " bytes it had");
                }
                digest.update(buffer.array(), 0, count);
                left -= count;
            }
        }
        if (!Sha256.hexSoFar(digest).equals(mark.sha256())) {
            throw new IOException("the first " + mark.offset() + " bytes of " + file + " are not what they were");
        }
        return new CsvLog(file, storage.append(file, mark.offset()), digest, mark.offset());
    }

    /** Writes a line; whoever reads the file sees it at once. */
    void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            output.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new IOException(file + " could not be written: " + Reason.of(e), e);
        }
        digest.update(bytes);
        length += bytes.length;
    }

    /** Makes the lines so far durable and says where they end. */
    MetricLog.Mark mark() throws IOException {
        try {
            output.force();
        } catch (IOException e) {
            throw new IOException(file + " could not be written: " + Reason.of(e), e);
        }
        return new MetricLog.Mark(length, Sha256.hexSoFar(digest));
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
