package dev.nurture.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a folder of definitions to itself. */
abstract class FixtureTest {
    @TempDir
    Path folder;

    Fixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new Fixture(folder);
    }
}
