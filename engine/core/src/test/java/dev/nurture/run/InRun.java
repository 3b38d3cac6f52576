package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that works in a run directory. */
class InRun {
    @TempDir
    Path folder;

    final InterruptibleStorage storage = new InterruptibleStorage();
    RunDirectory run;

    @BeforeEach
    void makeRun() throws IOException {
        run = new RunDirectories(storage).createAt(folder.resolve("run"));
    }

    @AfterEach
    void closeRun() throws IOException {
        run.close();
    }

    /** Returns what a folder holds, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
