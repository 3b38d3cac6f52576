package dev.nurture.spi;

import java.util.List;

/**
 * What a plugin jar offers; the one service that the engine looks for.
 *
 * <p>A jar names its implementation in {@code META-INF/services/dev.nurture.spi.Plugin}, one class a line. The class is
 * public with a public constructor without parameters. It is loaded by a class loader of its own, which sees the JDK,
 * this package, the jar, and the libraries that lie beside it in the same folder. The jar's manifest names the version
 * of this package that it was built for, as in {@code Nurture-Spi-Version: 1}; another than {@link #SPI_VERSION} is
 * refused before any class of the jar is loaded.
 */
public interface Plugin {
    /** The version of this package; raised when plugins built for it would not work any more. */
    int SPI_VERSION = 1;

    /**
     * Returns the parts on offer, in the order in which they are listed to users; neither null nor any of it null, and no
     * name twice in a kind. Called once, from one thread. When it fails, none of the plugin's parts is used.
     */
    List<Factory<?>> factories();
}
