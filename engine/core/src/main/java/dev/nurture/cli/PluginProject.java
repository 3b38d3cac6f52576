package dev.nurture.cli;

import dev.nurture.plugin.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Maven project of a new plugin: the files of the folder {@code skeleton} beside this class, with {@code {{name}}}
 * filled in.
 */
final class PluginProject {
    private static final Pattern BLANK = Pattern.compile("\\{\\{([a-z.-]+)}}");

    private static final String VERSIONS = "versions.properties";

    private final String name;
    private final Kind kind;
    private final String packageName;
    private final Path home;

    /**
     * Describes a project.
     *
     * @param name of the project: small letters and digits, words joined by hyphens or underscores
     * @param kind of the part that it begins with
     * @param packageName of its classes; null for the part's name without underscores
     * @param home the distribution that it is built against
     */
    PluginProject(String name, Kind kind, String packageName, Path home) {
        this.name = name;
        this.kind = kind;
        this.packageName = packageName == null ? part(name).replace("_", "") : packageName;
        this.home = home;
    }

    private static String part(String name) {
        return name.replace('-', '_');
    }

    /** Returns the name by which definitions call the part. */
    String part() {
        return part(name);
    }

    String packageName() {
        return packageName;
    }

    /** Returns the simple name of the part's class. */
    String className() {
        return Arrays.stream(part().split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Returns the text of each file, by its path within the project, in the order in which a reader wants them. */
    Map<String, String> files() throws IOException {
        String folder = packageName.replace('.', '/') + "/" + className();
        Map<String, String> templates = new LinkedHashMap<>();
        templates.put("README.md", "common/README.md");
        templates.put("pom.xml", "common/pom.xml");
        templates.put("src/main/java/" + folder + ".java", kind.label() + "/Part.java");
        templates.put("src/main/java/" + folder + "Plugin.java", "common/Plugin.java");
        templates.put("src/main/resources/META-INF/services/dev.nurture.spi.Plugin", "common/service");
        templates.put("src/test/java/" + folder + "Test.java", kind.label() + "/PartTest.java");
        templates.put("experiment.yaml", kind.label() + "/experiment.yaml");
        templates.put(".gitignore", "common/gitignore");
        Map<String, String> values = values();
        Map<String, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> template : templates.entrySet()) {
            files.put(template.getKey(), filled(template.getValue(), values));
        }
        return files;
    }

    private Map<String, String> values() throws IOException {
        Properties versions = new Properties();
        versions.load(new StringReader(read(VERSIONS)));
        Map<String, String> values = new LinkedHashMap<>();
        versions.stringPropertyNames().forEach(key -> values.put(key, versions.getProperty(key)));
        values.put("project", name);
        values.put("part", part());
        values.put("noun", kind.noun());
        values.put("class", className());
        values.put("package", packageName);
        values.put("home", escaped(home.toString()));
        return values;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String filled(String template, Map<String, String> values) throws IOException {
        Matcher blank = BLANK.matcher(read(template));
        StringBuilder text = new StringBuilder();
        while (blank.find()) {
            String value = values.get(blank.group(1));
            if (value == null) {
                throw new IllegalStateException(template + " asks for '" + blank.group(1) + "'");
            }
            blank.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return blank.appendTail(text).toString();
    }

    private static String read(String template) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("skeleton/" + template)) {
            if (in == null) {
                throw new FileNotFoundException("skeleton/" + template);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
