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
        if (caught instanceof PluginException) {
            return new PluginException(caught.getMessage() + ", " + where, caught.getCause());
        }
        boolean machine = caught instanceof VirtualMachineError && !(caught instanceof StackOverflowError);
        String plugin = machine ? null : PluginClassLoader.pluginIn(caught);
        if (plugin != null) {
            String kind = caught.getClass().getSimpleName();
            String what = caught.getMessage() == null ? kind : kind + ": " + caught.getMessage();
            return new PluginException("plugin " + plugin + " failed: " + what + "; in " + where, caught);
        }
        if (caught instanceof Error error) {
            throw error;
        }
        return caught instanceof RuntimeException exception ? exception : new IllegalStateException(caught);
    }

    /** Returns the name and version of the plugin that an object's class comes from; null for the engine's own. */
    public static String pluginOf(Object part) {
        return part.getClass().getClassLoader() instanceof PluginClassLoader loader ? loader.plugin() : null;
    }
}
