package dev.nurture.config;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.Part;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part that a definition names, with all its settings, from which it can be made any number of times. Immutable. Two
 * are equal when they make the same, wherever they stand.
 */
public final class PartSettings {
    private final Part part;
    private final Class<?> wanted;
    private final Map<String, Object> values;
    private final String path;
    private final Mark mark;

    PartSettings(Part part, Class<?> wanted, Map<String, Object> values, String path, Mark mark) {
        this.part = part;
        this.wanted = wanted;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.path = path;
        this.mark = mark;
    }

    public Part part() {
        return part;
    }

    public Kind kind() {
        return part.kind();
    }

    public String name() {
        return part.name();
    }

    /**
     * Returns the values by parameter, in declared order: {@code Integer}, {@code Double}, {@code Boolean}, {@code String},
     * absolute {@code Path}, {@code PartSettings} or a list of those. What is optional and absent is not in it.
     */
    public Map<String, Object> values() {
        return values;
    }

    /** Returns where in the definition it stands, such as {@code model[2].activation}. */
    public String path() {
        return path;
    }

    public Mark mark() {
        return mark;
    }

    /** Returns whose code the part is, and that of the parts within it which work after it is built. */
    public Origin origin() {
        Set<String> with = new LinkedHashSet<>();
        addForeign(values.values(), with);
        return new Origin(part.origin().toString(), List.copyOf(with));
    }

    /** Adds the parts that another plugin than this part's offers, unless they only set it up or do nothing. */
    private void addForeign(Iterable<?> settings, Set<String> with) {
        for (Object value : settings) {
            if (value instanceof List<?> list) {
                addForeign(list, with);
            } else if (value instanceof PartSettings inner
                    && inner.kind() != Kind.INITIALIZER
                    && !(inner.create() instanceof Layer layer && layer.identity())) {
                if (!inner.part.origin().equals(part.origin())) {
                    with.add(inner.kind().label() + " '" + inner.name() + "' of plugin " + inner.part.origin());
                }
                addForeign(inner.values.values(), with);
            }
        }
    }

    /**
     * Makes the part, its own parts first. An elementwise {@link Activation} where a layer is wanted becomes the layer
     * that applies it.
     *
     * @throws DefinitionException if the plugin cannot make it, with its reason and the name of its jar
     */
    public Object create() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        values.forEach((name, value) -> arguments.put(name, instance(value)));
        Object made;
        try {
            made = part.factory().create().apply(new Arguments(part, arguments));
        } catch (IllegalArgumentException e) {
            throw failure(e.getMessage() + " (plugin " + part.origin() + ")", e);
        } catch (StackOverflowError e) {
            throw failure(part.name() + " cannot be made: plugin " + part.origin() + " calls itself without end", e);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            // Plugin code, compiled elsewhere: linkage errors are as likely as exceptions, and none may end the engine.
            throw failure("'" + part.name() + "' cannot be made: plugin " + part.origin() + " threw " + e, e);
        }
        if (!part.factory().type().isInstance(made)) {
            String what = made == null ? "nothing" : "a " + made.getClass().getName();
            throw failure("'" + part.name() + "' cannot be made: plugin " + part.origin() + " gave " + what, null);
        }
        return made instanceof Activation activation && !wanted.isInstance(made)
                ? ActivationLayer.of(activation)
                : made;
    }

    /** Makes the part as {@link #create()} does, as what the caller knows it to be. */
    public <T> T create(Class<T> type) {
        return type.cast(create());
    }

    private static Object instance(Object value) {
        if (value instanceof PartSettings settings) {
            return settings.create();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PartSettings::instance).toList();
        }
        return value;
    }

    private DefinitionException failure(String message, Throwable cause) {
        return new DefinitionException(new Problem(mark.source(), mark.line(), path, message), cause);
    }

    /** What a factory reads. */
    private record Arguments(Part part, Map<String, Object> values) implements Settings {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(Param<T> param) {
            if (!part.factory().params().contains(param)) {
                throw new IllegalArgumentException(
                        "'" + part.name() + "' reads '" + param.name() + "' but does not declare it");
            }
            return (T) values.get(param.name());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartSettings that
                && kind() == that.kind()
                && name().equals(that.name())
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * name().hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return name() + values;
    }
}
