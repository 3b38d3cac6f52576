package dev.nurture.plugin;

import dev.nurture.spi.Plugin;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts into words what was thrown when a plugin was loaded, for somebody who did not write it.
 *
 * @param jar that names the class of the plugin
 * @param className the class
 */
record LoadFailure(CandidatePlugin candidate, Path jar, String className) {
    /** Ends a sentence about a mistake in the plugin's code. */
    static final String TO_AUTHOR = "; that is for the plugin's author to mend";

    private static final String SPI_PACKAGE = Plugin.class.getPackageName() + ".";

    /** A class as the JVM names it when it cannot find it. */
    private static final Pattern CLASS = Pattern.compile("[\\w$]+(/[\\w$]+)*");

    private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");

    /** Class files of Java 1.0 have version 45, and each Java since one more, those of Java 17 version 61. */
    private static final int BEFORE_JAVA = 44;

    static String call(String className) {
        return className + ".factories()";
    }

    UnusablePluginException of(Throwable thrown) {
        if (thrown instanceof InvocationTargetException e) {
            return of("the constructor of " + className, e.getCause());
        }
        return of(call(className), thrown);
    }

    private UnusablePluginException of(String where, Throwable thrown) {
        if (thrown instanceof UnsupportedClassVersionError error) {
            return builtForAnotherJava(error);
        }
        if (thrown instanceof NoClassDefFoundError error && isClass(error.getMessage())) {
            return lacking(error);
        }
        if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
            return threw("the static initializer of " + initialized(thrown.getCause()), thrown.getCause());
        }
        if (thrown instanceof StackOverflowError) {
            return unusable(where + " calls itself without end" + TO_AUTHOR, thrown);
        }
        if (thrown instanceof ClassFormatError) {
            return unusable("has a malformed class: " + thrown.getMessage() + "; build it again", thrown);
        }
        if (thrown instanceof LinkageError) {
            return unusable(
                    "its classes do not fit each other, its libraries or this Nurture: " + described(thrown)
                            + "; build it again with the versions that are here",
                    thrown);
        }
        return threw(where, thrown);
    }

    private UnusablePluginException threw(String where, Throwable thrown) {
        return unusable(where + " threw " + described(thrown) + TO_AUTHOR, thrown);
    }

    private UnusablePluginException unusable(String reason, Throwable thrown) {
        return new UnusablePluginException(jar, reason, thrown);
    }

    private UnusablePluginException builtForAnotherJava(UnsupportedClassVersionError error) {
        String message = String.valueOf(error.getMessage());
        Path built = candidate.jarOf(message.split(" ", 2)[0].replace('/', '.'));
        int here = Runtime.version().feature();
        Matcher version = CLASS_FILE_VERSION.matcher(message);
        int java = version.find() ? Integer.parseInt(version.group(1)) - BEFORE_JAVA : 0;
        String reason = java > here
                ? "was built for Java " + java + "; this is Java " + here + "; use Java " + java
                        + ", or get the jar built for Java " + here
                : "was built with features that Java " + here + " does not have, or only as a preview; get the jar"
                        + " built for Java " + here;
        return new UnusablePluginException(built, reason, error);
    }

    private UnusablePluginException lacking(NoClassDefFoundError error) {
        String missing = error.getMessage().replace('/', '.');
        if (missing.startsWith(SPI_PACKAGE)) {
            return unusable(
                    "needs " + missing + ", which version " + Plugin.SPI_VERSION
                            + " of the plugin SPI does not have; get the plugin built for that version",
                    error);
        }
        return unusable(
                "needs the class " + missing + ", which neither it nor the JDK has; put the jar with that class"
                        + " beside the plugin, both in one folder",
                error);
    }

    private static boolean isClass(String message) {
        return message != null && CLASS.matcher(message).matches();
    }

    /** Returns the class whose static initializer threw. */
    private String initialized(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getMethodName().equals("<clinit>")) {
                return frame.getClassName();
            }
        }
        return className;
    }

    private static String described(Throwable thrown) {
        String kind = thrown.getClass().getSimpleName();
        String message = thrown.getMessage();
        return message == null ? kind : kind + ": " + message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
