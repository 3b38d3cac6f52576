package dev.nurture.monitoring;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells Prometheus where a run is served: a file in a folder that it watches, as {@code file_sd_configs} reads it. The
 * file's name begins with the number of the process, so that the next run can take away what a killed one left.
 */
final class DiscoveryFile {
    private static final Pattern NAME = Pattern.compile("([0-9]+)-.*[.]json");

    private final Path folder;
    private final Path file;

    DiscoveryFile(Path folder, String run) {
        this.folder = folder;
        String name = run.replaceAll("[^A-Za-z0-9._-]", "_");
        file = folder.resolve(ProcessHandle.current().pid() + "-" + name + ".json");
    }

    /** Returns the folder that is used when none is named, by the XDG base directory specification. */
    static Path defaultFolder() {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state != null && !state.isBlank()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.toAbsolutePath().resolve("nurture").resolve("targets");
    }

    /**
     * Writes the file, and deletes those of processes that are no more.
     *
     * @param target host and port
     */
    void register(String target) throws IOException {
        Files.createDirectories(folder);
        sweep();
        // Prometheus may read at any time: the file comes into the folder whole. It reads no name that ends so.
        Path part = folder.resolve(file.getFileName() + ".part");
        Files.writeString(part, "[{\"targets\": [\"" + target + "\"]}]\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path one : files) {
                Matcher name = NAME.matcher(one.getFileName().toString());
                if (name.matches() && !alive(name.group(1))) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private static boolean alive(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (NumberFormatException e) {
            // No process has such a number; whose file that is nobody knows.
            return true;
        }
    }

    /** Deletes the file. */
    void leave() throws IOException {
        Files.deleteIfExists(file);
    }
}
