package dev.nurture.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.run.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of a new plugin: one that builds, passes its tests and can be trained with as it stands. */
@CommandLine.Command(
        name = "new",
        description = "Writes a Maven project for a plugin of one's own, which builds and passes its tests as it is.")
final class PluginsNewCommand extends Command {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

    /** What an experiment may be called, and the skeleton's is called like the project. */
    private static final int LONGEST_NAME = 64;

    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?[\\w.]*\\.(\\w+);$", Pattern.MULTILINE);

    @Parameters(
            paramLabel = "NAME",
            description = "Of the project and its folder, such as my-swish; the part is my_swish.")
    String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            required = true,
            completionCandidates = Kinds.class,
            description = "Of the part: ${COMPLETION-CANDIDATES}.")
    String kindName;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the project's folder is made; here by default.")
    Path parent = Path.of("");

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of its classes; by default the part's name without underscores.")
    String packageName;

    /** The labels of all kinds. */
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Kinds() {
            Arrays.stream(Kind.values()).map(Kind::label).forEach(this::add);
        }
    }

    PluginsNewCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws CommandFailure, IOException {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw refusal(
                    "'" + name + "' cannot be the name of a plugin: small letters and digits, words joined by '-' or"
                            + " '_', at most " + LONGEST_NAME + " in all, such as my-swish");
        }
        Kind kind = kind();
        PluginProject project = new PluginProject(name, kind, packageName, home());
        requirePackage(project.packageName());
        requireNewName(kind, project.part());
        Map<String, String> files = project.files();
        requireFreeClassName(project.className(), files);
        Path folder = target();
        try {
            write(files, folder);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, folder + " cannot be made: " + Reason.of(e), e);
        }
        report(project, kind, folder, files);
        return ExitCode.DONE;
    }

    private static CommandFailure refusal(String message) {
        return new CommandFailure(ExitCode.AT_FAULT, message, null);
    }

    private Kind kind() throws CommandFailure {
        List<String> labels = new Kinds();
        int at = labels.indexOf(kindName);
        if (at < 0) {
            String hint = Nearest.hint(kindName, labels);
            throw refusal("there is no kind '" + kindName + "'"
                    + (hint.isEmpty() ? ". There are: " + String.join(", ", labels) : hint));
        }
        return Kind.values()[at];
    }

    /** Returns the distribution that this was started from, whose repository the project will resolve from. */
    private static Path home() throws CommandFailure, IOException {
        String home = System.getProperty("nurture.home");
        if (home == null) {
            throw refusal("a new plugin is built against a distribution, and this is none: start bin/nurture");
        }
        Path repository = Path.of(home, "maven");
        if (!Files.isDirectory(repository)) {
            throw refusal("a new plugin is built against the folder " + repository + ", which is not there");
        }
        return Path.of(home).toRealPath();
    }

    private void requirePackage(String given) throws CommandFailure {
        String whose = packageName == null ? "; choose one by --package" : "";
        if (!PACKAGE.matcher(given).matches() || !SourceVersion.isName(given, SourceVersion.RELEASE_17)) {
            throw refusal("'" + given + "' cannot be the name of a Java package" + whose);
        }
        if (given.equals("java") || given.startsWith("java.") || given.startsWith("dev.nurture.")) {
            throw refusal("the package '" + given + "' belongs to " + (given.startsWith("java") ? "the JDK" : "Nurture")
                    + "; choose another");
        }
    }

    private void requireNewName(Kind kind, String part) throws CommandFailure {
        Optional<Part> there = engine(PluginCatalog.class).find(kind, part);
        if (there.isPresent()) {
            throw refusal("there is the " + kind.noun() + " '" + part + "' already (plugin "
                    + there.get().origin() + "), and a name that two jars offer is used from neither; choose another");
        }
    }

    /** Refuses a name whose class would hide one that the skeleton's own sources use. */
    private static void requireFreeClassName(String className, Map<String, String> files) throws CommandFailure {
        TreeSet<String> taken = new TreeSet<>();
        files.forEach((path, text) -> {
            if (path.endsWith(".java")) {
                Matcher imported = IMPORT.matcher(text);
                while (imported.find()) {
                    taken.add(imported.group(1));
                }
            }
        });
        if (taken.contains(className) || exists("java.lang." + className)) {
            throw refusal("the class " + className + " would hide one that a plugin needs; choose another name");
        }
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private Path target() throws CommandFailure, IOException {
        if (!Files.isDirectory(parent)) {
            throw refusal("--dir " + parent + ": there is no such folder");
        }
        Path folder = parent.resolve(name);
        if (Files.exists(folder) && !empty(folder)) {
            throw refusal(folder + " is there already");
        }
        return folder;
    }

    private static boolean empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Writes the files under another name, then gives the folder its own: what can be seen is whole. */
    private static void write(Map<String, String> files, Path folder) throws IOException {
        Path part = folder.resolveSibling(
                "." + folder.getFileName() + "." + ProcessHandle.current().pid());
        Files.createDirectory(part);
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = part.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(part);
            throw e;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = new ArrayList<>(walk.toList());
        }
        all.sort(Comparator.reverseOrder());
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private void report(PluginProject project, Kind kind, Path folder, Map<String, String> files) {
        if (options.json) {
            JsonObject json = new JsonObject();
            json.addProperty("kind", kind.label());
            json.addProperty("name", project.part());
            json.addProperty("folder", folder.toAbsolutePath().normalize().toString());
            JsonArray paths = new JsonArray();
            files.keySet().forEach(paths::add);
            json.add("files", paths);
            console().result(new GsonBuilder().setPrettyPrinting().create().toJson(json));
            return;
        }
        console().result(folder + ": a plugin with the " + kind.noun() + " '" + project.part() + "'");
        files.keySet().forEach(path -> console().result("  " + path));
        console().result("Its README.md says how to build it, verify it and train with it.");
    }
}
