package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** A text file that grows by a line, and knows the SHA-256 of what it holds. One thread. */
final class CsvLog implements Closeable {
    private final Path file;
    private final Storage.Output output;
    private final MessageDigest digest;
    private final byte[] before;
    private long length;

    /** Opens the file behind what is kept of it. */
    private CsvLog(Path file, Storage.Output output, byte[] before) {
        this.file = file;
        this.output = output;
        this.before = before;
        digest = Sha256.newDigest();
        digest.update(before);
        length = before.length;
    }

    /** Creates the file with its header line. */
    static CsvLog create(Storage storage, Path file, String header) throws IOException {
        try {
            CsvLog log = new CsvLog(file, storage.create(file), new byte[0]);
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
        byte[] whole = read(storage, file);
        if (whole.length < mark.offset()) {
            throw new IOException(file + " has fewer than the " + mark.offset() + " bytes it had");
        }
        byte[] before = Arrays.copyOf(whole, (int) mark.offset());
        if (!Sha256.hex(before).equals(mark.sha256())) {
            throw new IOException("the first " + mark.offset() + " bytes of " + file + " are not what they were");
        }
        return new CsvLog(file, storage.append(file, mark.offset()), before);
    }

    /**
     * Opens the file behind its lines of some first epochs, as far as it has them: a file that nobody forced may have
     * lost its end. One without its header is begun anew.
     */
    static CsvLog resume(Storage storage, Path file, String header, int epochs) throws IOException {
        byte[] whole = storage.exists(file) ? read(storage, file) : new byte[0];
        int end = 0;
        for (int epoch = 0; epoch <= epochs; epoch++) {
            int newline = end;
            while (newline < whole.length && whole[newline] != '\n') {
                newline++;
            }
            String line = new String(whole, end, newline - end, StandardCharsets.UTF_8);
            if (newline == whole.length || !(epoch == 0 ? line.equals(header) : line.startsWith(epoch + ","))) {
                break;
            }
            end = newline + 1;
        }
        if (end > 0) {
            return new CsvLog(file, storage.append(file, end), Arrays.copyOf(whole, end));
        }
        if (storage.exists(file)) {
            storage.delete(file);
        }
        return create(storage, file, header);
    }

    private static byte[] read(Storage storage, Path file) throws IOException {
        try {
            return storage.bytes(file);
        } catch (IOException e) {
            throw new IOException(file + " could not be read: " + Reason.of(e), e);
        }
    }

    /** Returns the lines below the header that were there before this log was opened. */
    List<String> linesBefore() {
        return new String(before, StandardCharsets.UTF_8).lines().skip(1).toList();
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
