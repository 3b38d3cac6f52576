package dev.nurture.plugins.data;

import dev.nurture.testkit.Needs;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the published data sets on the machine that tests run on; a test that needs them is skipped where they are not. */
final class SharedData {
    private SharedData() {}

    /** Returns the folder of a set: in {@code NURTURE_TEST_DATA}, or in {@code ../shared/data} beside the project. */
    static Path folder(String set) {
        String named = System.getenv("NURTURE_TEST_DATA");
        Path root = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("nurture.root", ".")).resolve("../shared/data");
        Path folder = root.resolve(set).normalize();
        Needs.that(Files.isDirectory(folder), "the published files are not in " + folder + "; set NURTURE_TEST_DATA");
        return folder;
    }
}
