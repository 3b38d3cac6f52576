package dev.nurture.config;

import dev.nurture.plugin.PluginCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of definitions. */
final class Fixture {
    static final String SMALL = "data: digits\nmodel: [{type: dense, units: 10}]\n";

    final Path folder;
    final Map<String, String> environment = new HashMap<>();
    PluginCatalog catalog = TestCatalog.catalog();

    Fixture(Path folder) {
        this.folder = folder;
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Definition read(String name, String text, String... overrides) {
        return read(write(name, text), overrides);
    }

    Definition read(Path file, String... overrides) {
        return new Definitions(catalog, environment::get).read(file, List.of(overrides));
    }

    Definition yaml(String text, String... overrides) {
        return read("test.yaml", text, overrides);
    }

    /** Returns the lines below the name of the file, which is left out. */
    String problems(String text, String... overrides) {
        return problems(write("test.yaml", text), overrides);
    }

    String problems(Path file, String... overrides) {
        try {
            Definition definition = read(file, overrides);
            return "no problem: " + definition;
        } catch (DefinitionException e) {
            return e.report().replace(folder + "/", "").replaceAll("(?m)^test\\..*\n", "");
        }
    }
}
