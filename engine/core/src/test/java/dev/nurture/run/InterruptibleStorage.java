package dev.nurture.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The disk, with a list of all changes made to it, and able to fail at one of them. */
final class InterruptibleStorage implements Storage {
    private final Storage disk = new FileStorage();
    private final List<String> changes = new ArrayList<>();
    private int failAt = Integer.MAX_VALUE;

    List<String> changes() {
        return changes;
    }

    /** Forgets the changes so far and fails at change {@code number}, counted from 0, and at that alone. */
    void failAt(int number) {
        changes.clear();
        failAt = number;
    }

    private void change(String operation, Path path) throws IOException {
        changes.add(operation + " " + path.getFileName());
        if (changes.size() - 1 == failAt) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        change("create", file);
        return new Recorded(file, disk.create(file));
    }

    @Override
    public Output append(Path file, long length) throws IOException {
        change("append", file);
        return new Recorded(file, disk.append(file, length));
    }

    @Override
    public SeekableByteChannel read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isFolder(Path path) {
        return disk.isFolder(path);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        change("createFolder", folder);
        disk.createFolder(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        change("move", to);
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        change("delete", path);
        disk.delete(path);
    }

    @Override
    public void force(Path folder) throws IOException {
        change("force", folder);
        disk.force(folder);
    }

    private final class Recorded implements Output {
        private final Path file;
        private final Output output;

        Recorded(Path file, Output output) {
            this.file = file;
            this.output = output;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            change("write", file);
            output.write(bytes);
        }

        @Override
        public void force() throws IOException {
            change("force", file);
            output.force();
        }

        @Override
        public void close() throws IOException {
            // Closed all the same, as a failing close(2) does.
            output.close();
            change("close", file);
        }
    }
}
