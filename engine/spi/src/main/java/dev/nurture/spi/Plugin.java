package dev.nurture.spi;

import java.util.List;

/**
 * What a plugin jar offers; the one service that {@link java.util.ServiceLoader} looks for.
 *
 * <p>A jar names its implementation in {@code META-INF/services/dev.nurture.spi.Plugin}. The class is public with a
 * public constructor without parameters. It is loaded by a class loader of its own, which sees the JDK, this package,
 * the jar, and the libraries that lie beside it in the same folder.
 */
public interface Plugin {
    /** Returns the parts on offer, in the order in which they are listed to users. Called once, from one thread. */
    List<Factory<?>> factories();
}
