package dev.nurture.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.config.Definition;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which parts there are, and what can be set of each. */
final class PluginsCommand {
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=\\w\\w|\\))(?<!\\bal|\\bProc)(\\.)\\s");

    private PluginsCommand() {}

    static CommandLine commands(Console console) {
        CommandLine plugins = new CommandLine(new ListCommand(console));
        plugins.getCommandSpec()
                .name("plugins")
                .usageMessage()
                .description(
                        "Lists the parts that experiments can be made of; describes one; verifies a jar; locks the jars.");
        plugins.addSubcommand("list", new ListCommand(console));
        plugins.addSubcommand("describe", new DescribeCommand(console));
        plugins.addSubcommand(new PluginsNewCommand(console));
        plugins.addSubcommand(new PluginsVerifyCommand(console));
        plugins.addSubcommand("lock", new LockCommand(console));
        return plugins;
    }

    @CommandLine.Command(description = "Lists all parts by kind.")
    static final class ListCommand extends Command {
        @Option(names = "--markdown", description = "With all parameters, as tables for a document.")
        boolean markdown;

        ListCommand(Console console) {
            super(console);
        }

        @Override
        int execute() {
            PluginCatalog catalog = engine(PluginCatalog.class);
            if (options.json) {
                JsonArray all = new JsonArray();
                catalog.all().forEach(part -> all.add(json(part)));
                console().result(new GsonBuilder().setPrettyPrinting().create().toJson(all));
            } else if (markdown) {
                PartTables.lines(catalog).forEach(console()::result);
            } else {
                console()
                        .result(String.format(
                                Locale.ROOT, "%-14s %-22s %-28s %s", "kind", "name", "plugin", "what it is"));
                for (Part part : catalog.all()) {
                    console()
                            .result(String.format(
                                    Locale.ROOT,
                                    "%-14s %-22s %-28s %s",
                                    part.kind().label(),
                                    part.name(),
                                    part.origin(),
                                    firstSentence(part.factory().doc())));
                }
            }
            warnOfPlugins();
            return ExitCode.DONE;
        }
    }

    @CommandLine.Command(name = "describe", description = "Describes a part and its parameters.")
    static final class DescribeCommand extends Command {
        @Parameters(paramLabel = "NAME", description = "A part's name, as 'plugins list' shows it.")
        String name;

        DescribeCommand(Console console) {
            super(console);
        }

        @Override
        int execute() throws CommandFailure {
            PluginCatalog catalog = engine(PluginCatalog.class);
            List<Part> parts = catalog.all().stream()
                    .filter(part -> part.name().equals(name))
                    .toList();
            if (parts.isEmpty()) {
                TreeSet<String> names = new TreeSet<>();
                catalog.all().forEach(part -> names.add(part.name()));
                warnOfPlugins();
                throw new CommandFailure(
                        ExitCode.AT_FAULT, "there is no part '" + name + "'" + Nearest.hint(name, names), null);
            }
            if (options.json) {
                JsonArray all = new JsonArray();
                parts.forEach(part -> all.add(json(part)));
                console().result(new GsonBuilder().setPrettyPrinting().create().toJson(all));
                return ExitCode.DONE;
            }
            for (Part part : parts) {
                describe(part);
            }
            return ExitCode.DONE;
        }

        private void describe(Part part) {
            console().result(part.kind().label() + " " + part.name());
            console().result("  " + part.factory().doc().replace("\n", "\n  "));
            console().result("  plugin  " + part.origin());
            console().result("  jar     " + part.origin().jar());
            List<Param<?>> params = params(part);
            if (params.isEmpty()) {
                console().result("  It has no parameters.");
                return;
            }
            console()
                    .result(String.format(
                            Locale.ROOT,
                            "  %-16s %-22s %-26s %-14s %s",
                            "parameter",
                            "type",
                            "range",
                            "default",
                            "what it is"));
            for (Param<?> param : params) {
                console()
                        .result(String.format(
                                Locale.ROOT,
                                "  %-16s %-22s %-26s %-14s %s",
                                param.name(),
                                type(param),
                                range(param),
                                fallback(param),
                                param.doc()));
            }
        }
    }

    /** Returns a part's own parameters, and those that any part of its kind has. */
    private static List<Param<?>> params(Part part) {
        List<Param<?>> params = new ArrayList<>(part.factory().params());
        params.addAll(common(part.kind()));
        return params;
    }

    /** Returns the parameters that any part of a kind has, beside its own. */
    static List<Param<?>> common(Kind kind) {
        return switch (kind) {
            case DATA -> Definition.Data.PARAMS;
            case CHECK, MONITOR -> Definition.Guard.PARAMS;
            default -> List.of();
        };
    }

    static String type(Param<?> param) {
        return switch (param.form()) {
            case INTEGER -> "whole number";
            case NUMBER -> "number";
            case FLAG -> "true or false";
            case TEXT -> "text";
            case CHOICE -> "word";
            case PATH -> "path";
            case PART -> kind(param);
            case PARTS -> "list of " + kind(param);
        };
    }

    private static String kind(Param<?> param) {
        return Kind.of(param.kind()).map(Kind::label).orElse(param.kind().getSimpleName());
    }

    static String range(Param<?> param) {
        if (!param.choices().isEmpty()) {
            return String.join(" | ", param.choices());
        }
        return param.range() == null ? "" : param.range().text();
    }

    static String fallback(Param<?> param) {
        return Optional.ofNullable(param.fallback())
                .map(Object::toString)
                .orElse(param.required() ? "required" : "none");
    }

    /** Returns a doc's first sentence; the point behind an initial or an abbreviation ends none. */
    static String firstSentence(String doc) {
        Matcher end = SENTENCE_END.matcher(doc);
        return end.find() ? doc.substring(0, end.end(1)) : doc;
    }

    private static JsonObject json(Part part) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", part.kind().label());
        json.addProperty("name", part.name());
        json.addProperty("plugin", part.origin().name());
        json.addProperty("version", part.origin().version());
        json.addProperty("jar", part.origin().jar().toString());
        json.addProperty("sha256", part.origin().sha256());
        json.addProperty("doc", part.factory().doc());
        JsonArray params = new JsonArray();
        for (Param<?> param : params(part)) {
            JsonObject one = new JsonObject();
            one.addProperty("name", param.name());
            one.addProperty("type", type(param));
            one.addProperty("range", range(param));
            one.addProperty("default", fallback(param));
            one.addProperty("doc", param.doc());
            params.add(one);
        }
        json.add("parameters", params);
        return json;
    }
}
