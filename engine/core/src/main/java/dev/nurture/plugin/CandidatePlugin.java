package dev.nurture.plugin;

import dev.nurture.spi.Plugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** A plugin as it lies in its folder, one jar or several; no class of it is loaded. */
final class CandidatePlugin {
    private final List<JarContents> jars;

    private CandidatePlugin(List<JarContents> jars) {
        this.jars = jars;
    }

    /** Reads what the jars of one plugin say of themselves. */
    static CandidatePlugin read(List<Path> files) throws UnusablePluginException {
        List<JarContents> jars = new ArrayList<>();
        for (Path file : files) {
            jars.add(JarContents.read(file));
        }
        return new CandidatePlugin(List.copyOf(jars));
    }

    /** Returns every jar, those of libraries too, by file name. */
    List<PluginJar> jars() {
        return jars.stream().map(JarContents::origin).toList();
    }

    /** Returns the jars that offer parts, by file name. */
    List<JarContents> offering() {
        return jars.stream().filter(jar -> jar.pluginClasses().isPresent()).toList();
    }

    /** Finds what is wrong with the plugin as far as can be told without loading a class of it. */
    void check() throws UnusablePluginException {
        for (JarContents jar : jars) {
            requireThisSpi(jar);
        }
        for (JarContents jar : jars) {
            jar.requireWhole();
        }
        if (offering().isEmpty()) {
            throw offersNothing();
        }
        for (JarContents jar : offering()) {
            if (jar.pluginClasses().orElseThrow().isEmpty()) {
                throw new UnusablePluginException(
                        jar.origin().jar(),
                        "offers no plugin: its " + JarContents.SERVICE
                                + " names no class; have it name the class that implements " + Plugin.class.getName());
            }
        }
    }

    private static void requireThisSpi(JarContents jar) throws UnusablePluginException {
        String stated = jar.spiVersion().orElse(null);
        if (stated == null || stated.equals(String.valueOf(Plugin.SPI_VERSION))) {
            return;
        }
        if (!stated.matches("[0-9]+")) {
            throw new UnusablePluginException(
                    jar.origin().jar(),
                    "its manifest says " + JarContents.SPI_ATTRIBUTE + ": " + stated
                            + ", which is not a whole number; build it with " + statement());
        }
        throw new UnusablePluginException(
                jar.origin().jar(),
                "was built for version " + stated + " of the plugin SPI, this Nurture has version " + Plugin.SPI_VERSION
                        + "; get the plugin built for version " + Plugin.SPI_VERSION + ", or a Nurture with version "
                        + stated);
    }

    private UnusablePluginException offersNothing() {
        Path first = jars.get(0).origin().jar();
        if (jars.size() > 1) {
            return new UnusablePluginException(
                    first.getParent(),
                    "offers no plugin: none of its jars has a " + JarContents.SERVICE
                            + "; put the plugin's jar beside its libraries");
        }
        return new UnusablePluginException(
                first,
                "offers no plugin: it has no " + JarContents.SERVICE
                        + "; add one that names the plugin's class, or put a library into one folder with its plugin");
    }

    /** Returns a sentence for each jar that offers parts and does not say for which SPI. */
    List<String> notices() {
        return offering().stream()
                .filter(jar -> jar.spiVersion().isEmpty())
                .map(jar -> jar.origin().jar()
                        + ": does not say which version of the plugin SPI it was built for; add the line " + statement()
                        + " to its manifest")
                .toList();
    }

    private static String statement() {
        return "'" + JarContents.SPI_ATTRIBUTE + ": " + Plugin.SPI_VERSION + "'";
    }

    /** Returns which of the jars has a class; the first of them if none has. */
    Path jarOf(String className) {
        String entry = className.replace('.', '/') + ".class";
        for (JarContents jar : jars) {
            Path file = jar.origin().jar();
            try (ZipFile zip = new ZipFile(file.toFile())) {
                if (zip.getEntry(entry) != null) {
                    return file;
                }
            } catch (IOException e) {
                // It could be read a moment ago; then it is not the one to blame.
                continue;
            }
        }
        return jars.get(0).origin().jar();
    }
}
