package dev.nurture.plugin;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Loads every plugin in some folders: each {@code *.jar}, and each folder that holds jars, which is one plugin with its
 * libraries. A jar that cannot be used is reported and does not stop the others.
 */
public final class PluginLoader {
    private final List<Part> parts = new ArrayList<>();
    private final List<PluginJar> jars = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private PluginLoader() {}

    /**
     * Loads what lies in these folders, each folder in the order of its file names.
     *
     * @param folders those that do not exist are passed over
     */
    public static PluginCatalog load(List<Path> folders) {
        PluginLoader loader = new PluginLoader();
        Set<Path> seen = new LinkedHashSet<>();
        for (Path folder : folders) {
            for (List<Path> plugin : loader.pluginsIn(folder)) {
                if (seen.add(plugin.get(0))) {
                    loader.loadPlugin(plugin);
                }
            }
        }
        return new PluginCatalog(loader.withoutClashes(), loader.jars, loader.problems);
    }

    /**
     * Loads one plugin and nothing else.
     *
     * @param plugin its jar, or the folder that holds it with its libraries
     */
    public static PluginCatalog only(Path plugin) {
        PluginLoader loader = new PluginLoader();
        try {
            Path real = plugin.toRealPath();
            List<Path> files = Files.isDirectory(real) ? List.copyOf(sorted(real, "*.jar")) : List.of(real);
            if (files.isEmpty()) {
                loader.problems.add(plugin + ": holds no jar");
            } else {
                loader.loadPlugin(files);
            }
        } catch (IOException e) {
            loader.problems.add(plugin + ": cannot be read: " + e.getMessage());
        }
        return new PluginCatalog(loader.withoutClashes(), loader.jars, loader.problems);
    }

    /** Returns the jars of each plugin in a folder, as real paths. */
    private List<List<Path>> pluginsIn(Path folder) {
        List<List<Path>> plugins = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return plugins;
        }
        try {
            for (Path entry : sorted(folder, "*")) {
                if (Files.isDirectory(entry)) {
                    List<Path> together = new ArrayList<>(sorted(entry, "*.jar"));
                    if (!together.isEmpty()) {
                        plugins.add(together);
                    }
                } else if (entry.getFileName().toString().endsWith(".jar")) {
                    // A link that leads nowhere has no real path; opening it will say so.
                    plugins.add(List.of(Files.exists(entry) ? entry.toRealPath() : entry));
                }
            }
        } catch (IOException e) {
            problems.add(folder + ": cannot be listed: " + e.getMessage());
        }
        return plugins;
    }

    private static Set<Path> sorted(Path folder, String glob) throws IOException {
        Set<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.toRealPath(), glob)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    private void loadPlugin(List<Path> files) {
        Map<Path, PluginJar> origins = new LinkedHashMap<>();
        List<URL> urls = new ArrayList<>();
        for (Path file : files) {
            // A truncated jar is silently empty to a class loader: open it as a zip first.
            try {
                origins.put(file, describe(file));
                urls.add(file.toUri().toURL());
            } catch (IOException e) {
                problems.add(file + ": not a readable jar: " + e.getMessage());
                return;
            }
        }
        String name = origins.values().iterator().next().toString();
        PluginClassLoader loader = new PluginClassLoader(name, urls.toArray(URL[]::new));
        Iterator<Plugin> plugins = ServiceLoader.load(Plugin.class, loader).iterator();
        int found = 0;
        // Both hasNext and next resolve classes of the jar, so both may throw any error that linking can.
        while (true) {
            try {
                if (!plugins.hasNext()) {
                    break;
                }
                Plugin plugin = plugins.next();
                found++;
                PluginJar origin = origins.getOrDefault(source(plugin), origins.get(files.get(0)));
                jars.add(origin);
                for (Factory<?> factory : plugin.factories()) {
                    add(factory, origin);
                }
            } catch (OutOfMemoryError | InternalError e) {
                throw e;
            } catch (Throwable e) {
                problems.add(files.get(0) + ": cannot be loaded: " + reason(e));
                return;
            }
        }
        if (found == 0) {
            problems.add(files.get(0) + ": offers no plugin: it has no META-INF/services/" + Plugin.class.getName());
        }
    }

    private void add(Factory<?> factory, PluginJar origin) {
        Kind.of(factory.type())
                .ifPresentOrElse(
                        kind -> parts.add(new Part(kind, factory, origin)),
                        () -> problems.add(origin.jar() + ": '" + factory.name() + "' is offered as "
                                + factory.type().getName() + ", which is no kind of part"));
    }

    /** Takes out every part whose kind and name another jar offers too: which one was meant cannot be known. */
    private List<Part> withoutClashes() {
        Map<String, List<Part>> byName = new LinkedHashMap<>();
        for (Part part : parts) {
            byName.computeIfAbsent(part.kind().label() + " '" + part.name() + "'", key -> new ArrayList<>())
                    .add(part);
        }
        List<Part> unique = new ArrayList<>();
        byName.forEach((name, offers) -> {
            if (offers.size() == 1) {
                unique.add(offers.get(0));
            } else {
                problems.add(name + " is offered by " + offers.size() + " jars, so none of them is used: "
                        + String.join(
                                ", ",
                                offers.stream()
                                        .map(part -> part.origin().jar().toString())
                                        .toList()));
            }
        });
        return unique;
    }

    private static Path source(Plugin plugin) {
        try {
            return Path.of(plugin.getClass()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PluginJar describe(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String fileName = file.getFileName().toString();
            return new PluginJar(
                    attribute(attributes, "Implementation-Title", fileName.substring(0, fileName.length() - 4)),
                    attribute(attributes, "Implementation-Version", "unknown"),
                    file,
                    sha256(file));
        }
    }

    private static String attribute(Attributes attributes, String name, String fallback) {
        String value = attributes.getValue(name);
        return value == null || value.isBlank() ? fallback : value;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }
}
