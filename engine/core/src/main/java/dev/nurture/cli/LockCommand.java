package dev.nurture.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.plugin.PluginInventory;
import dev.nurture.plugin.PluginLock;
import dev.nurture.plugin.PluginLock.Change;
import dev.nurture.plugin.PluginLock.Entry;
import dev.nurture.plugin.PluginLockException;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.FileStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** Writes down which plugin jars there are, so that no other may load from then on. Loads none of their classes. */
@CommandLine.Command(
        name = "lock",
        description =
                "Writes plugins.lock: name, version and SHA-256 of every jar; where it lies, no other jar may load.")
final class LockCommand extends Command {
    LockCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws IOException {
        PluginInventory inventory = PluginInventory.of(options.pluginFolders());
        warnOfPlugins(inventory.problems());
        Path file = Path.of(PluginLock.FILE_NAME);
        PluginLock lock = PluginLock.of(inventory.jars());
        Optional<PluginLock> earlier = readable(file);
        List<Change> changes = lock.changesSince(earlier.orElse(PluginLock.of(List.of())));
        boolean upToDate = earlier.isPresent() && changes.isEmpty();
        if (!upToDate) {
            AtomicFile.write(new FileStorage(), file, lock.text());
        }
        if (options.json) {
            console().result(new GsonBuilder().setPrettyPrinting().create().toJson(json(lock, changes)));
        } else {
            int count = lock.entries().size();
            console()
                    .result(PluginLock.FILE_NAME
                            + (upToDate ? " is up to date: " : " written: ")
                            + count
                            + (count == 1 ? " jar" : " jars"));
            changes.forEach(this::show);
        }
        return ExitCode.DONE;
    }

    /** Returns the lock that is there; one that cannot be read counts for nothing, since a new one takes its place. */
    private Optional<PluginLock> readable(Path file) {
        try {
            return PluginLock.read(file);
        } catch (PluginLockException e) {
            console().warning(e.getMessage());
            return Optional.empty();
        }
    }

    private void show(Change change) {
        console()
                .result("  " + word(change) + "  "
                        + change.before().or(change::after).orElseThrow().name() + " " + span(change, Entry::version)
                        + "  SHA-256 " + span(change, Entry::shownSha256));
    }

    private static String word(Change change) {
        if (change.before().isEmpty()) {
            return "added";
        }
        return change.after().isEmpty() ? "removed" : "changed";
    }

    /** Returns a property as it was and as it is, once if that is the same. */
    private static String span(Change change, Function<Entry, String> property) {
        String before = change.before().map(property).orElse(null);
        String after = change.after().map(property).orElse(before);
        return before == null || before.equals(after) ? after : before + " -> " + after;
    }

    private static JsonObject json(PluginLock lock, List<Change> changes) {
        JsonObject json = new JsonObject();
        json.addProperty("file", PluginLock.FILE_NAME);
        JsonArray jars = new JsonArray();
        lock.entries().forEach(entry -> jars.add(json(entry)));
        json.add("jars", jars);
        JsonArray changed = new JsonArray();
        for (Change change : changes) {
            JsonObject one = new JsonObject();
            one.addProperty("change", word(change));
            change.before().ifPresent(entry -> one.add("before", json(entry)));
            change.after().ifPresent(entry -> one.add("after", json(entry)));
            changed.add(one);
        }
        json.add("changes", changed);
        return json;
    }

    private static JsonObject json(Entry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("name", entry.name());
        json.addProperty("version", entry.version());
        json.addProperty("sha256", entry.sha256());
        return json;
    }
}
