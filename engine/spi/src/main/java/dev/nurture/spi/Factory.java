package dev.nurture.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * One part that a plugin offers: what kind it is, the name by which a definition calls it, and how to make one.
 *
 * @param type the kind, one of the SPI's interfaces, such as {@code Activation.class}
 * @param name snake_case, unique within the kind
 * @param doc one sentence, then, where it helps, formula and source
 * @param params all that can be set, in the order of the documentation
 * @param create makes a new instance; throws {@link IllegalArgumentException} with a message for the user when the
 *     settings, each valid, do not go together
 */
public record Factory<T>(
        Class<T> type, String name, String doc, List<Param<?>> params, Function<Settings, ? extends T> create) {

    public Factory {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(doc, "doc");
        Objects.requireNonNull(create, "create");
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a name in snake_case");
        }
        params = List.copyOf(params);
        Set<String> names = new HashSet<>();
        for (Param<?> param : params) {
            if (!names.add(param.name())) {
                throw new IllegalArgumentException("'" + name + "' declares '" + param.name() + "' twice");
            }
        }
    }

    /** Returns a factory of parts without parameters that depend on none. */
    public static <T> Factory<T> of(Class<T> type, String name, String doc, java.util.function.Supplier<T> create) {
        return new Factory<>(type, name, doc, List.of(), settings -> create.get());
    }
}
