package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A part under examination: how to make it, and what its author says of it. Immutable; any thread. */
public final class Subject<T> {
    private final String name;
    private final Supplier<? extends T> create;
    private final long seed;
    private final Map<Class<?>, Object> references;

    private Subject(String name, Supplier<? extends T> create, long seed, Map<Class<?>, Object> references) {
        this.name = name;
        this.create = create;
        this.seed = seed;
        this.references = references;
    }

    /**
     * Returns a part to examine.
     *
     * @param name for messages
     * @param create makes a new instance at each call
     * @param seed of the inputs that the clauses draw
     */
    public static <T> Subject<T> of(String name, Supplier<? extends T> create, long seed) {
        return new Subject<>(name, create, seed, Map.of());
    }

    /** Returns this subject with an independent statement of what it should compute; null changes nothing. */
    public <R> Subject<T> with(Class<R> type, R reference) {
        if (reference == null) {
            return this;
        }
        Map<Class<?>, Object> more = new LinkedHashMap<>(references);
        more.put(type, reference);
        return new Subject<>(name, create, seed, more);
    }

    /** Returns this subject as one of a wider kind. */
    @SuppressWarnings("unchecked")
    <S> Subject<S> as() {
        return (Subject<S>) this;
    }

    public String name() {
        return name;
    }

    /** Returns a new instance. */
    public T fresh() {
        T made = create.get();
        if (made == null) {
            throw new Violation("the factory gives nothing", "null", "a new part");
        }
        return made;
    }

    /** Returns a random stream that depends on the seed and on what it is for. */
    public KeyedRandom random(String purpose) {
        return new KeyedRandom(KeyedRandom.key(seed, purpose));
    }

    public long seed() {
        return seed;
    }

    /** Returns what the author stated, if anything. */
    public <R> Optional<R> reference(Class<R> type) {
        return Optional.ofNullable(type.cast(references.get(type)));
    }
}
