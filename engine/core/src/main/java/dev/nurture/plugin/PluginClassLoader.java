package dev.nurture.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Sees the JDK, {@code dev.nurture.spi} as the engine has it, and the jars it was given; nothing else of the engine, so
 * that a library a plugin brings cannot clash with the engine's or with another plugin's.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final String SPI = "dev.nurture.spi.";

    /** Begins a loader's name, by which a line of a stack trace tells that it is a plugin's. */
    private static final String NAME = "plugin ";

    static {
        registerAsParallelCapable();
    }

    /** @param plugin name and version, for messages */
    PluginClassLoader(String plugin, URL[] jars) {
        super(NAME + plugin, jars, ClassLoader.getPlatformClassLoader());
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
}
