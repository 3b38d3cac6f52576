package dev.nurture.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Replaces a file so that whoever looks, at any time and after any crash, finds the old content or the new, whole: a
 * temporary file beside it is created, written and forced, moved over it, and the folder forced.
 */
public final class AtomicFile {
    private static final String TEMPORARY = ".tmp";

    private AtomicFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Storage.Output output) throws IOException;
    }

    /** Replaces a file by text in UTF-8. */
    public static void write(Storage storage, Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(storage, file, output -> output.write(ByteBuffer.wrap(bytes)));
    }

    /**
     * Replaces a file. When it fails the file is as it was and no temporary file is left.
     *
     * @throws IOException naming the file and the reason
     */
    public static void write(Storage storage, Path file, Content content) throws IOException {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
            replace(storage, temporary, file, content);
            storage.force(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new IOException(file + " could not be written: " + Reason.of(e), e);
        }
    }

    private static void replace(Storage storage, Path temporary, Path file, Content content) throws IOException {
        Storage.Output output = storage.create(temporary);
        try {
            try (output) {
                content.writeTo(output);
                output.force();
            }
            storage.move(temporary, file);
        } catch (Throwable e) {
            try {
                storage.delete(temporary);
            } catch (IOException leftover) {
                e.addSuppressed(leftover);
            }
            throw e;
        }
    }

    /** Deletes the temporary files that a crash left in a folder; for the folder's one owner. */
    static void deleteLeftovers(Storage storage, Path folder) throws IOException {
        for (Path path : storage.list(folder)) {
            if (path.getFileName().toString().endsWith(TEMPORARY)) {
                storage.delete(path);
            }
        }
    }
}
