package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts commands of the assembled distribution in a folder, as a user would; each ends within a time limit. */
final class Nurture {
    private static final Path ROOT = Path.of(System.getProperty("nurture.root"));

    /** The shipped definitions. */
    static final Path EXPERIMENTS = ROOT.resolve("experiments");

    static final Path DISTRIBUTION = EXPERIMENTS.resolve("target/nurture");

    /** Kept from test to test and from build to build, because OpenBLAS is unpacked into it. */
    private static final Path HOME = EXPERIMENTS.resolve("target/home");

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> prefix = new ArrayList<>();
    private int limitSeconds = 120;

    /** Starts commands in a folder, with a home that has no data sets. */
    Nurture(Path folder) {
        this.folder = folder;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", HOME.toString());
        environment.put("XDG_CACHE_HOME", HOME.resolve("cache").toString());
    }

    /** Sets a variable of the environment for the commands to come. */
    Nurture with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** Ends each of the commands to come when it has taken this long. */
    Nurture within(int seconds) {
        limitSeconds = seconds;
        return this;
    }

    /** Starts the commands to come by another one. */
    Nurture by(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Returns the file of a shipped definition. */
    static String shipped(String name) {
        return EXPERIMENTS.resolve(name + ".yaml").toString();
    }

    /** Returns a file of the tests' own, put into the folder. */
    String resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (var in = Nurture.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return name;
    }

    /** Runs a command to its end. */
    Outcome run(String... arguments) throws IOException {
        return start(arguments).end();
    }

    /** Starts a command; whoever does so lets it {@link Started#end}. */
    Started start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(DISTRIBUTION.resolve("bin/nurture").toString());
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a command of any kind; whoever does so lets it {@link Started#end}. */
    Started start(List<String> command) throws IOException {
        Path errors = Files.createTempFile("nurture", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("NURTURE_")
                        || name.startsWith("OPENBLAS_")
                        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                                .contains(name));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Executor later = CompletableFuture.delayedExecutor(limitSeconds, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> end(process), later);
        return new Started(process, process.inputReader(), errors);
    }

    /** What it has started in turn would otherwise go on. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** A command under way. Its standard output is read when somebody asks for it. */
    record Started(Process process, BufferedReader out, Path errors) {
        /** Reads on until a line of standard output begins in a certain way. */
        void awaitLine(String start) throws IOException {
            String line = out.readLine();
            while (line != null && !line.strip().startsWith(start)) {
                line = out.readLine();
            }
            assertThat(line)
                    .as("a line beginning with '%s'; standard error: %s", start, Files.readString(errors))
                    .isNotNull();
        }

        /** Waits until it has said something on standard error, and returns what the pattern's group has of it. */
        String awaitMessage(Pattern message) throws IOException, InterruptedException {
            while (true) {
                Matcher found = message.matcher(Files.readString(errors));
                if (found.find()) {
                    return found.group(1);
                }
                assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        /** Sends it a signal, such as {@code TERM}. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        }

        /** Returns how it ended, with the rest of its output. */
        Outcome end() throws IOException {
            StringBuilder rest = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                rest.append(line).append('\n');
            }
            int exit = process.onExit().join().exitValue();
            String messages = Files.readString(errors);
            Files.delete(errors);
            return new Outcome(exit, rest.toString(), messages);
        }
    }

    /** How a command ended. */
    record Outcome(int exit, String out, String err) {
        /** Asserts the exit status, and that no stack trace was shown. */
        Outcome exits(int status) {
            assertThat(exit)
                    .as("exit status; standard output:%n%s%nstandard error:%n%s", out, err)
                    .isEqualTo(status);
            assertThat(err).doesNotContain("\tat ", "Exception in thread");
            return this;
        }

        /** Asserts that the command refused for one reason, and gave nothing else. */
        Outcome refuses(String reason) {
            exits(2);
            assertThat(out).isEmpty();
            assertThat(err).isEqualTo(reason + "\n");
            return this;
        }
    }

    /** Returns the jars of the built-in plugins, without libraries, in the order in which they are loaded. */
    static List<Path> pluginJars() throws IOException {
        try (Stream<Path> files = Files.walk(DISTRIBUTION.resolve("plugins"))) {
            return files.filter(file -> file.getFileName().toString().matches("nurture-.*[.]jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the names of what is in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
