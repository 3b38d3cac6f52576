package dev.nurture.experiments;

import dev.nurture.testkit.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The author of a plugin at a shell, with {@code nurture} and {@code mvn} on the path. The local repository of {@code mvn}
 * is empty to begin with, and what it needs of the public one comes out of this machine's: it never goes to the network,
 * and finds what Nurture publishes in the distribution alone.
 */
final class Author {
    private static final Pattern COMMANDS = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** Several builds, on a machine with other work to do. */
    private static final int LIMIT_SECONDS = 600;

    private final Path repository;
    private final Path bin;

    /** @param home a folder for the local repository and Maven's settings */
    Author(Path home) throws IOException {
        Optional<Path> maven = onPath("mvn");
        Needs.that(maven.isPresent(), "mvn is not on the PATH");
        repository = home.resolve("repository");
        bin = Files.createDirectories(home.resolve("bin"));
        Path settings = Files.writeString(
                home.resolve("settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror><id>machine</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """.formatted(machine().toUri()));
        Path script = Files.writeString(bin.resolve("mvn"), """
                #!/bin/sh
                exec "%s" -B -o -Daether.offline.protocols=file -s "%s" "-Dmaven.repo.local=%s" "$@"
                """.formatted(maven.orElseThrow(), settings, repository));
        script.toFile().setExecutable(true);
    }

    private static Optional<Path> onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path machine() {
        String given = System.getProperty("nurture.maven.repository");
        return given == null ? Path.of(System.getProperty("user.home"), ".m2/repository") : Path.of(given);
    }

    /** Returns the folder in which Maven has kept a file of a version that Nurture publishes, and whence. */
    Path kept(String artifact) {
        return repository.resolve("dev/nurture").resolve(artifact);
    }

    /** Runs a script in a folder; it ends at the first command that fails. */
    Nurture.Outcome types(Path folder, String script) throws IOException {
        String path = bin
                + File.pathSeparator
                + Nurture.DISTRIBUTION.resolve("bin")
                + File.pathSeparator
                + System.getenv("PATH");
        return new Nurture(folder)
                .with("PATH", path)
                .with("NURTURE", Nurture.DISTRIBUTION)
                // All of it is over before the second compiler has paid.
                .with("MAVEN_OPTS", "-XX:TieredStopAtLevel=1")
                .with("NURTURE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
                .within(LIMIT_SECONDS)
                .start(List.of("sh", "-e", "-c", script))
                .end();
    }

    /** Returns the first block of shell commands in a document. */
    static String commandsIn(Path document) throws IOException {
        Matcher block = COMMANDS.matcher(Files.readString(document));
        if (!block.find()) {
            throw new AssertionError(document + " has no commands");
        }
        return block.group(1);
    }
}
