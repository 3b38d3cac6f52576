package dev.nurture.plugin;

/** Says that the code of a plugin failed at its work: which plugin, how, and in doing what; the message is for the user. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PluginException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns what to throw in place of something that was caught around the work of parts. A failure in which no
     * plugin's code took part, and one for want of memory, stays what it is.
     *
     * @param where the work was done, such as {@code step 7}; stands behind what was said of it further in
     * @throws Error if that was caught and is not to be laid at a plugin's door
     */
    public static RuntimeException in(String where, Throwable caught) {
        return in(where, caught, null);
    }

    /**
     * Returns what to throw in place of something that was caught around the work of one part, as {@link #in(String,
     * Throwable)} does. What was thrown without a stack trace is laid at that part's door.
     *
     * @param origin of the part; may be null
     * @throws Error if that was caught and is not to be laid at a plugin's door
     */
    public static RuntimeException in(String where, Throwable caught, Origin origin) {
        if (caught instanceof PluginException) {
            return new PluginException(caught.getMessage() + ", " + where, caught.getCause());
        }
        boolean machine = caught instanceof VirtualMachineError && !(caught instanceof StackOverflowError);
        String culprit = machine ? null : culprit(caught, origin);
        if (culprit != null) {
            String kind = caught.getClass().getSimpleName();
            String what = caught.getMessage() == null ? kind : kind + ": " + caught.getMessage();
            return new PluginException(culprit + " failed: " + what + "; in " + where, caught);
        }
        if (caught instanceof Error error) {
            throw error;
        }
        return caught instanceof RuntimeException exception ? exception : new IllegalStateException(caught);
    }

    private static String culprit(Throwable caught, Origin origin) {
        String plugin = PluginClassLoader.pluginIn(caught.getStackTrace());
        if (plugin != null) {
            return "plugin " + plugin;
        }
        // Compiled code that has thrown often throws without a trace.
        return caught.getStackTrace().length == 0 && origin != null && origin.plugin() != null
                ? origin.subject()
                : null;
    }

    /**
     * Returns what to throw when a part did something else than its contract says.
     *
     * @param did what it did, such as {@code wrote beyond its range}
     * @param where as for {@link #in(String, Throwable)}
     */
    public static PluginException breach(Origin origin, String did, String where) {
        return new PluginException(origin.subject() + " " + did + "; in " + where, null);
    }

    /** Returns the name and version of the plugin that an object's class comes from; null for the engine's own. */
    public static String pluginOf(Object part) {
        return part.getClass().getClassLoader() instanceof PluginClassLoader loader ? loader.plugin() : null;
    }

    /** Returns the plugin whose code is at work on a stack, the innermost if there are several; null if there is none. */
    public static String pluginOn(StackTraceElement[] stack) {
        return PluginClassLoader.pluginIn(stack);
    }
}
