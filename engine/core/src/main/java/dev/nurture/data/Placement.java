package dev.nurture.data;

import dev.nurture.spi.DataSource.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file of a data set and its place: it comes there whole and verified, in one step, or not at all. */
final class Placement {
    private static final int BUFFER = 1 << 16;

    private final RemoteFile file;
    private final Path target;
    private boolean done;

    Placement(Path folder, RemoteFile file) {
        this.file = file;
        this.target = folder.resolve(file.name());
    }

    RemoteFile file() {
        return file;
    }

    Path target() {
        return target;
    }

    /** Tells whether the file has come. */
    boolean done() {
        return done;
    }

    /** Tells whether the right file lies there already. */
    boolean verified() {
        try (InputStream in = Files.newInputStream(target)) {
            return Files.size(target) == file.bytes() && digest(in).equals(file.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Puts a stream's content there. What lies there is replaced only when the content is right.
     *
     * @param source what the content is called in messages
     * @throws WrongContentException if it is not the published content; of a longer one no more than a buffer too much is read
     * @throws FetchException if it cannot be written
     * @throws IOException if it cannot be read
     */
    void store(InputStream content, String source, FetchProgress progress) throws IOException {
        Path temporary = target.resolveSibling(file.name() + ".tmp");
        try {
            Disk.requireSpace(target.getParent(), file.bytes());
            MessageDigest digest = sha256();
            long length = 0;
            try (FileChannel out = Disk.create(temporary)) {
                byte[] buffer = new byte[BUFFER];
                // Full buffers: archives hand their content out in pieces of 512 bytes.
                for (int count = content.readNBytes(buffer, 0, BUFFER);
                        count > 0;
                        count = content.readNBytes(buffer, 0, BUFFER)) {
                    length += count;
                    if (length > file.bytes()) {
                        throw new WrongContentException(source + " is longer than the published " + file.name() + " of "
                                + file.bytes() + " bytes");
                    }
                    digest.update(buffer, 0, count);
                    Disk.write(out, ByteBuffer.wrap(buffer, 0, count), temporary);
                    progress.advanced(file.name(), length, file.bytes());
                }
                Disk.force(out, temporary);
            }
            check(length, HexFormat.of().formatHex(digest.digest()), source);
            move(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Puts a file there that was made beside it; as {@link #store}, without copying. */
    void adopt(Path whole, String source) throws IOException {
        try (InputStream in = Files.newInputStream(whole)) {
            check(Files.size(whole), digest(in), source);
        }
        move(whole);
    }

    private void check(long length, String sha256, String source) throws WrongContentException {
        if (length != file.bytes()) {
            throw new WrongContentException(
                    source + " has " + length + " bytes, but the published " + file.name() + " has " + file.bytes());
        }
        if (!sha256.equals(file.sha256())) {
            throw new WrongContentException(source + " is not the published " + file.name() + ": its SHA-256 is "
                    + sha256 + ", not " + file.sha256());
        }
    }

    private void move(Path whole) throws FetchException {
        try {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FetchException(target + " cannot be put in place: " + Reason.of(e), e);
        }
        done = true;
    }

    private static String digest(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
