package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test starts, such as promtool. */
record Program(String name) {
    private static final long MINUTES = 5;

    /**
     * How a program ended.
     *
     * @param output what it wrote on either stream
     */
    record Outcome(int exit, String output) {
        Outcome succeeds() {
            assertThat(exit).as(output).isZero();
            return this;
        }
    }

    /** Returns the program, or skips the test where the machine has none of that name. */
    static Program needed(String name) throws IOException, InterruptedException {
        boolean there;
        try {
            there = new Program(name)
                            .run(Path.of("").toAbsolutePath(), "--version")
                            .exit()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        Needs.that(there, "there is no " + name);
        return new Program(name);
    }

    Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        // A file, since a pipe that nobody reads stops the program when it is full.
        Path output = Files.createTempFile("nurture", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " ran for " + MINUTES + " minutes: " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
