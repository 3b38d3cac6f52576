package dev.nurture.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * Sees the JDK, {@code dev.nurture.spi} as the engine has it, and the jars it was given; nothing else of the engine, so
 * that a library a plugin brings cannot clash with the engine's or with another plugin's.
 *
 * <p>Those jars and no others: what a manifest's {@code Class-Path} names is not loaded, where a {@code URLClassLoader}
 * would load it past any check.
 */
final class PluginClassLoader extends SecureClassLoader implements Closeable {
    private static final String SPI = "dev.nurture.spi.";

    /** Begins a loader's name, by which a line of a stack trace tells that it is a plugin's. */
    private static final String NAME = "plugin ";

    static {
        registerAsParallelCapable();
    }

    private record Source(Path file, JarFile jar) {}

    private final List<Source> sources = new ArrayList<>();

    /**
     * Opens the jars; a class or resource that several have is taken from the first.
     *
     * @param plugin name and version, for messages
     */
    PluginClassLoader(String plugin, List<Path> files) throws IOException {
        super(NAME + plugin, ClassLoader.getPlatformClassLoader());
        try {
            for (Path file : files) {
                sources.add(new Source(
                        file, new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion())));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    String plugin() {
        return getName().substring(NAME.length());
    }

    /** Returns the plugin whose code is on a stack, the innermost if there are several; or null. */
    static String pluginIn(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String loader = frame.getClassLoaderName();
            if (loader != null && loader.startsWith(NAME)) {
                return loader.substring(NAME.length());
            }
        }
        return null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SPI)) {
            return PluginClassLoader.class.getClassLoader().loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        for (Source source : sources) {
            JarEntry entry = source.jar().getJarEntry(path);
            if (entry != null) {
                try {
                    return define(name, source, entry);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, Source source, JarEntry entry) throws IOException {
        byte[] bytes;
        try (InputStream in = source.jar().getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            definePackage(name.substring(0, dot), source.jar().getManifest());
        }
        CodeSigner[] signers = entry.getCodeSigners();
        return defineClass(
                name,
                bytes,
                0,
                bytes.length,
                new CodeSource(source.file().toUri().toURL(), signers));
    }

    /** Gives a package the versions that libraries ask for at run time. */
    private void definePackage(String name, Manifest manifest) {
        if (getDefinedPackage(name) != null) {
            return;
        }
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        try {
            definePackage(
                    name,
                    main.getValue(Attributes.Name.SPECIFICATION_TITLE),
                    main.getValue(Attributes.Name.SPECIFICATION_VERSION),
                    main.getValue(Attributes.Name.SPECIFICATION_VENDOR),
                    main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
                    main.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
                    main.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException e) {
            // Another thread was first, which is as good.
            return;
        }
    }

    @Override
    protected URL findResource(String name) {
        for (Source source : sources) {
            URL found = find(name, source);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> found = new ArrayList<>();
        for (Source source : sources) {
            URL one = find(name, source);
            if (one != null) {
                found.add(one);
            }
        }
        return Collections.enumeration(found);
    }

    private static URL find(String name, Source source) {
        JarEntry entry = source.jar().getJarEntry(name);
        if (entry == null) {
            return null;
        }
        try {
            // An exclamation mark in a path would be taken for the end of the jar's name.
            String jar = source.file().toUri().toString().replace("!", "%21");
            return new URL("jar:" + jar + "!" + new URI(null, null, "/" + entry.getRealName(), null).getRawPath());
        } catch (MalformedURLException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the jars; classes that are loaded live on, others cannot be loaded any more. */
    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.jar().close();
        }
    }
}
