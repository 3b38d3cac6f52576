package dev.nurture.plugin;

import dev.nurture.spi.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar says of itself, read without loading a class of it.
 *
 * @param spiVersion what its manifest names as {@code Nurture-Spi-Version}
 * @param pluginClasses the classes that its service file names; empty if it has no such file
 */
record JarContents(PluginJar origin, Optional<String> spiVersion, Optional<List<String>> pluginClasses) {
    /** Where a jar names the classes that implement {@link Plugin}. */
    static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    /** The attribute of the manifest that names {@link Plugin#SPI_VERSION}. */
    static final String SPI_ATTRIBUTE = "Nurture-Spi-Version";

    private static final byte[] ZIP_START = {'P', 'K', 3, 4};
    private static final int BUFFER = 1 << 16;
    private static final String AGAIN = "; copy or build it again";

    /** Reads manifest, service file and SHA-256 of a jar. */
    static JarContents read(Path file) throws UnusablePluginException {
        requireFile(file);
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes attributes = manifest(file, jar);
            PluginJar origin = new PluginJar(
                    attribute(attributes, "Implementation-Title").orElse(oneLine(PluginFolder.title(file))),
                    attribute(attributes, "Implementation-Version").orElse("unknown"),
                    file,
                    sha256(file));
            return new JarContents(origin, attribute(attributes, SPI_ATTRIBUTE), pluginClasses(jar));
        } catch (IOException e) {
            throw new UnusablePluginException(file, "not a readable jar: " + unreadable(file, e) + AGAIN, e);
        }
    }

    /**
     * Compares every entry with the checksum that the jar states for it. The JDK does not when it loads a class: of a
     * damaged one it may make something else.
     */
    void requireWhole() throws UnusablePluginException {
        Path file = origin.jar();
        byte[] buffer = new byte[BUFFER];
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!isWhole(zip, entry, buffer)) {
                    throw new UnusablePluginException(
                            file, "not a readable jar: its entry " + entry.getName() + " is damaged" + AGAIN);
                }
            }
        } catch (IOException e) {
            throw new UnusablePluginException(file, "not a readable jar: " + unreadable(file, e) + AGAIN, e);
        }
    }

    private static boolean isWhole(ZipFile zip, ZipEntry entry, byte[] buffer) {
        CRC32 checksum = new CRC32();
        long left = entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
                left -= read;
                if (left < 0) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return left == 0 && checksum.getValue() == entry.getCrc();
    }

    private static void requireFile(Path file) throws UnusablePluginException {
        if (!Files.exists(file)) {
            throw new UnusablePluginException(
                    file, "not a readable jar: it is a link that leads nowhere; mend the link or take it away");
        }
        if (!Files.isRegularFile(file)) {
            throw new UnusablePluginException(
                    file, "not a readable jar: it is a folder; give it a name without .jar at its end");
        }
    }

    private static Attributes manifest(Path file, JarFile jar) throws UnusablePluginException {
        try {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException e) {
            throw new UnusablePluginException(
                    file, "not a readable jar: its META-INF/MANIFEST.MF is malformed or damaged" + AGAIN, e);
        }
    }

    private static Optional<String> attribute(Attributes attributes, String name) {
        return Optional.ofNullable(attributes.getValue(name))
                .map(JarContents::oneLine)
                .filter(value -> !value.isEmpty());
    }

    /** Returns a text with single spaces as its only white space, so that it fits into a sentence and into a lock. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** Returns the class names in a service file, in its format: one a line, {@code #} begins a comment. */
    private static Optional<List<String>> pluginClasses(JarFile jar) throws IOException {
        ZipEntry service = jar.getEntry(SERVICE);
        if (service == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(service)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList());
        }
    }

    private static String unreadable(Path file, IOException e) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(ZIP_START.length);
            if (start.length == 0) {
                return "it is empty";
            }
            return Arrays.equals(start, ZIP_START) ? "it is cut short or damaged" : "it is no zip file";
        } catch (IOException unreadable) {
            return "it may not be read (" + e.getMessage() + ")";
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
