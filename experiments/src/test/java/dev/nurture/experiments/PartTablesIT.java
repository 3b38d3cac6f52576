package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of parts in the guide are those that the distribution's plugins declare. */
class PartTablesIT {
    private static final Path GUIDE = Nurture.EXPERIMENTS.resolveSibling("plugins/README.md");
    private static final String START = "<!-- parts: generated -->\n";
    private static final String END = "<!-- parts: end -->\n";

    @TempDir
    Path folder;

    @Test
    void theGuidesTablesAreUpToDate() throws IOException {
        String tables = new Nurture(folder)
                .run("plugins", "list", "--markdown")
                .exits(0)
                .out();
        String guide = Files.readString(GUIDE);
        assertThat(guide).containsOnlyOnce(START).containsOnlyOnce(END);
        String shown = guide.substring(guide.indexOf(START) + START.length(), guide.indexOf(END));
        assertThat(shown.strip())
                .as(
                        "the tables in plugins/README.md are stale: put the output of 'engine/bin/nurture plugins list"
                                + " --markdown' between the two markers, %s and %s",
                        START.strip(), END.strip())
                .isEqualTo(tables.strip());
    }
}
