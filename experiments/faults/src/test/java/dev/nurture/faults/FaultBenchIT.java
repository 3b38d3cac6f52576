package dev.nurture.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The bench with one seed that nothing was tuned on: all faults, all nets, all healthy controls. */
class FaultBenchIT {
    private static final Path ROOT = Path.of(System.getProperty("nurture.root"));

    @Test
    void whatIsWantedIsMet() {
        System.setProperty(
                "nurture.home", ROOT.resolve("experiments/target/nurture").toString());
        Path home = ROOT.resolve("experiments/faults");
        int exit = new CommandLine(new FaultBench())
                .execute(
                        "--home",
                        home.toString(),
                        "--parts",
                        home.resolve("target/plugins").toString(),
                        "--seeds",
                        "11",
                        "--verbose");
        assertThat(exit).as("exit status; the table above says what was missed").isZero();
    }
}
