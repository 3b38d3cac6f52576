package dev.nurture.plugin;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the classes of one plugin which parts they offer: all of them, or, if anything is amiss, none. */
final class OfferedParts {
    private final CandidatePlugin candidate;
    private final PluginClassLoader loader;

    private OfferedParts(CandidatePlugin candidate, PluginClassLoader loader) {
        this.candidate = candidate;
        this.loader = loader;
    }

    /** Returns the parts in the order in which the plugin lists them. */
    static List<Part> of(CandidatePlugin candidate, PluginClassLoader loader) throws UnusablePluginException {
        return new OfferedParts(candidate, loader).parts();
    }

    private List<Part> parts() throws UnusablePluginException {
        List<Part> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JarContents jar : candidate.offering()) {
            for (String className : jar.pluginClasses().orElseThrow()) {
                for (Factory<?> factory : factories(jar.origin().jar(), className)) {
                    Part part = new Part(kind(factory, jar.origin().jar()), factory, jar.origin());
                    if (!names.add(part.title())) {
                        throw new UnusablePluginException(
                                jar.origin().jar(), "offers " + part.title() + " twice" + LoadFailure.TO_AUTHOR);
                    }
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    private static Kind kind(Factory<?> factory, Path jar) throws UnusablePluginException {
        return Kind.of(factory.type())
                .orElseThrow(() -> new UnusablePluginException(
                        jar,
                        "offers '" + factory.name() + "' as a " + factory.type().getName()
                                + ", which is no kind of part" + LoadFailure.TO_AUTHOR + ". The kinds are: "
                                + Arrays.stream(Kind.values())
                                        .flatMap(kind -> kind.types().stream())
                                        .map(Class::getSimpleName)
                                        .collect(Collectors.joining(", "))));
    }

    private List<Factory<?>> factories(Path jar, String className) throws UnusablePluginException {
        List<Factory<?>> offered;
        // Linking, initializing, constructing and asking: each may throw anything.
        try {
            List<Factory<?>> returned = construct(jar, className).factories();
            offered = returned == null ? null : new ArrayList<>(returned);
        } catch (UnusablePluginException | OutOfMemoryError | InternalError e) {
            throw e;
        } catch (Throwable e) {
            throw new LoadFailure(candidate, jar, className).of(e);
        }
        String call = LoadFailure.call(className);
        if (offered == null) {
            throw new UnusablePluginException(jar, call + " returned null instead of a list" + LoadFailure.TO_AUTHOR);
        }
        int empty = offered.indexOf(null);
        if (empty >= 0) {
            throw new UnusablePluginException(
                    jar, call + " returned a list with null as its element " + (empty + 1) + LoadFailure.TO_AUTHOR);
        }
        return offered;
    }

    private Plugin construct(Path jar, String className) throws UnusablePluginException, InvocationTargetException {
        String named = className + ", which its " + JarContents.SERVICE + " names, ";
        try {
            Class<?> type = Class.forName(className, false, loader);
            if (!Plugin.class.isAssignableFrom(type)) {
                throw new UnusablePluginException(
                        jar, named + "does not implement " + Plugin.class.getName() + LoadFailure.TO_AUTHOR);
            }
            if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
                throw new UnusablePluginException(
                        jar, named + "is not a public class, or is abstract" + LoadFailure.TO_AUTHOR);
            }
            return (Plugin) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new UnusablePluginException(jar, named + "is not in it; correct the name or build the jar again", e);
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new UnusablePluginException(
                    jar, named + "has no public constructor without parameters" + LoadFailure.TO_AUTHOR, e);
        }
    }
}
