package dev.nurture.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.data.DataFetcher;
import dev.nurture.data.DataHome;
import dev.nurture.data.FetchException;
import dev.nurture.data.FetchProgress;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.DataSource.RemoteFile;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which data sets there are and where they come from, and brings them. */
final class DataCommand {
    private DataCommand() {}

    static CommandLine commands(Console console) {
        CommandLine data = new CommandLine(new ListCommand(console));
        data.getCommandSpec()
                .name("data")
                .usageMessage()
                .description("Lists data sets; fetches those that the public has.");
        data.addSubcommand("list", new ListCommand(console));
        data.addSubcommand("fetch", new FetchCommand(console));
        return data;
    }

    /** Returns the files that a data set needs from elsewhere; none for those whose files are the user's. */
    private static List<RemoteFile> files(Part part) {
        if (part.factory().params().stream().anyMatch(Param::required)) {
            return List.of();
        }
        return ((DataSource) part.factory().create().apply(new Defaults())).files();
    }

    /** What a part gets of which nothing was said. */
    private static final class Defaults implements Settings {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(Param<T> param) {
            return (T) param.fallback();
        }
    }

    @CommandLine.Command(description = "Lists data sets: whether they are here, size, licence, origin.")
    static final class ListCommand extends Command {
        private static final String FORM = "%-15s %-12s %10s  %s";

        ListCommand(Console console) {
            super(console);
        }

        @Override
        int execute() {
            DataHome home = engine(DataHome.class);
            JsonArray all = new JsonArray();
            if (!options.json) {
                console().result(String.format(Locale.ROOT, FORM, "data set", "here", "size", "what it is"));
            }
            for (Part part : engine(PluginCatalog.class).parts(Kind.DATA)) {
                List<RemoteFile> files = files(part);
                if (options.json) {
                    all.add(json(part, files, home));
                } else {
                    show(part, files, home);
                }
            }
            if (options.json) {
                console().result(new GsonBuilder().setPrettyPrinting().create().toJson(all));
            } else {
                console().result("");
                console().result("Data sets lie in " + home.root() + "; NURTURE_DATA names another folder.");
            }
            warnOfPlugins();
            return ExitCode.DONE;
        }

        private void show(Part part, List<RemoteFile> files, DataHome home) {
            long bytes = files.stream().mapToLong(RemoteFile::bytes).sum();
            console()
                    .result(String.format(
                            Locale.ROOT,
                            FORM,
                            part.name(),
                            here(part, files, home),
                            files.isEmpty() ? "" : Figures.bytes(bytes),
                            PluginsCommand.firstSentence(part.factory().doc())));
            files.stream().map(RemoteFile::licence).distinct().forEach(licence -> detail("licence " + licence));
            for (RemoteFile file : files) {
                detail(file.origin() + (file.member() == null ? "" : " (" + file.member() + ")"));
                detail("    sha256 " + file.sha256() + ", " + Figures.bytes(file.bytes()));
            }
        }

        private void detail(String text) {
            console().result(" ".repeat(29) + text);
        }

        private static String here(Part part, List<RemoteFile> files, DataHome home) {
            if (files.isEmpty()) {
                return part.factory().params().stream().anyMatch(Param::required) ? "your files" : "yes";
            }
            return files.stream().allMatch(file -> present(home.folder(part.name()), file)) ? "yes" : "no";
        }

        private static boolean present(Path folder, RemoteFile file) {
            try {
                return Files.size(folder.resolve(file.name())) == file.bytes();
            } catch (IOException e) {
                return false;
            }
        }

        private static JsonObject json(Part part, List<RemoteFile> files, DataHome home) {
            JsonObject json = new JsonObject();
            json.addProperty("name", part.name());
            json.addProperty("doc", part.factory().doc());
            json.addProperty("here", here(part, files, home));
            JsonArray list = new JsonArray();
            for (RemoteFile file : files) {
                JsonObject one = new JsonObject();
                one.addProperty("name", file.name());
                one.addProperty("bytes", file.bytes());
                one.addProperty("sha256", file.sha256());
                one.addProperty("origin", file.origin().toString());
                one.addProperty("member", file.member());
                one.addProperty("licence", file.licence());
                list.add(one);
            }
            json.add("files", list);
            return json;
        }
    }

    @CommandLine.Command(
            name = "fetch",
            description =
                    "Brings a data set's files, checks them against their SHA-256, and puts them into place whole.")
    static final class FetchCommand extends Command {
        @Parameters(paramLabel = "NAME", description = "A data set, as 'data list' shows it.")
        String name;

        @Option(
                names = "--from",
                paramLabel = "URL-or-folder",
                description = "A folder or an address that has the files, instead of their public home.")
        String from;

        FetchCommand(Console console) {
            super(console);
        }

        @Override
        int execute() throws CommandFailure {
            PluginCatalog catalog = engine(PluginCatalog.class);
            Part part = catalog.find(Kind.DATA, name).orElse(null);
            if (part == null) {
                warnOfPlugins();
                throw new CommandFailure(
                        ExitCode.AT_FAULT,
                        "there is no data set '" + name + "'" + Nearest.hint(name, catalog.names(Kind.DATA)),
                        null);
            }
            List<RemoteFile> files = files(part);
            if (files.isEmpty()) {
                console().result("'" + name + "' needs no files from elsewhere.");
                return ExitCode.DONE;
            }
            try {
                for (DataFetcher.Fetched fetched : engine(DataFetcher.class)
                        .fetch(name, files, Optional.ofNullable(from), new Progress(console()))) {
                    console().result(fetched.path() + (fetched.alreadyThere() ? ": was there already" : ": fetched"));
                }
            } catch (FetchException e) {
                throw new CommandFailure(ExitCode.AT_FAULT, e.getMessage(), e);
            } finally {
                console().status("");
            }
            return ExitCode.DONE;
        }
    }

    /** Shows at most ten times a second how much has arrived. */
    private static final class Progress implements FetchProgress {
        private static final long INTERVAL = 100_000_000;

        private final Console console;
        private long last = System.nanoTime() - INTERVAL;

        Progress(Console console) {
            this.console = console;
        }

        @Override
        public void advanced(String name, long bytes, long total) {
            long now = System.nanoTime();
            if (now - last >= INTERVAL) {
                last = now;
                console.status(name + "  " + Figures.bytes(bytes) + (total < 0 ? "" : " of " + Figures.bytes(total)));
            }
        }
    }
}
