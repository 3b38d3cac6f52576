package dev.nurture.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a definition as it was written, untyped: what a scalar means is decided by who declares it. Immutable. Two
 * are equal when they say the same, wherever they stand.
 */
public sealed interface Value {
    /** Returns where it was written; of a mapping or sequence under a key, where the key is. */
    Mark mark();

    /** A key's value, and where the key was written. */
    record Entry(Mark mark, Value value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** Values by key, in the order in which they were written. */
    record Mapping(Map<String, Entry> entries, Mark mark) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** Returns the value of a key; empty when it is absent, or null. */
        public Optional<Value> get(String key) {
            Entry entry = entries.get(key);
            return entry == null || isNull(entry.value) ? Optional.empty() : Optional.of(entry.value);
        }

        /** Returns this mapping without some of its keys. */
        Mapping without(List<String> keys) {
            Map<String, Entry> rest = new LinkedHashMap<>(entries);
            rest.keySet().removeAll(keys);
            return new Mapping(rest, mark);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Mapping that && entries.equals(that.entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }

    /** Values in order. */
    record Sequence(List<Value> items, Mark mark) implements Value {
        public Sequence {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sequence that && items.equals(that.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /**
     * A number, word, text or null.
     *
     * @param literal whether quotes make text of what would be a number, {@code true}, {@code false} or null without them
     */
    record Scalar(String text, boolean literal, Mark mark) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Scalar that && literal == that.literal && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Stands for something that was reported as a problem already, so that nobody reports it again. */
    record Refused(Mark mark) implements Value {}

    /** Tells whether it is {@code null}, which means the same as leaving the key out. */
    static boolean isNull(Value value) {
        return value instanceof Scalar scalar
                && !scalar.literal()
                && scalar.text().equals("null");
    }

    /** Returns what it is, as in "not a list". */
    static String describe(Value value) {
        if (value instanceof Mapping) {
            return "a mapping";
        }
        if (value instanceof Sequence) {
            return "a list";
        }
        if (value instanceof Scalar scalar) {
            return scalar.literal() ? "the text \"" + Shown.of(scalar.text()) + "\"" : Shown.quoted(scalar.text());
        }
        return "what was refused";
    }
}
