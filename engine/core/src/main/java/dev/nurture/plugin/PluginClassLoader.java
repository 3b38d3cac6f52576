package dev.nurture.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Sees the JDK, {@code dev.nurture.spi} as the engine has it, and the jars it was given; nothing else of the engine, so
 * that a library a plugin brings cannot clash with the engine's or with another plugin's.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final String SPI = "dev.nurture.spi.";

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, URL[] jars) {
        super(name, jars, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SPI)) {
            return PluginClassLoader.class.getClassLoader().loadClass(name);
        }
        return super.loadClass(name, resolve);
    }
}
