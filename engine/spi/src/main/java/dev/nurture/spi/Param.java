package dev.nurture.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A declared parameter: the one home of its name, type, range, default and doc line.
 *
 * <p>Made by one of the static methods, narrowed by {@link #in}, {@link #or} and {@link #doc}:
 *
 * <pre>{@code
 * static final Param<Double> BETA1 = Param.number("beta1").in("[0, 1)").or(0.9).doc("decay of the first moment");
 * }</pre>
 *
 * @param name snake_case, in full words
 * @param form how the value is written
 * @param kind for {@link Form#PART} and {@link Form#PARTS} the kind of part, otherwise null
 * @param range the permitted values of a number, otherwise null
 * @param choices for {@link Form#CHOICE} the permitted words, otherwise empty
 * @param fallback the default; null when {@code required} or when absence has a meaning of its own, said in {@code doc}.
 *     Of a part: the name of the default part
 * @param required whether the definition must give it
 * @param doc half a line
 */
public record Param<T>(
        String name,
        Form form,
        Class<?> kind,
        Range range,
        List<String> choices,
        Object fallback,
        boolean required,
        String doc) {

    /** How a value is written in a definition, and what {@link Settings#get} returns for it. */
    public enum Form {
        /** A whole number; {@code Integer}. */
        INTEGER,
        /** A finite number; {@code Double}. */
        NUMBER,
        /** {@code true} or {@code false}; {@code Boolean}. */
        FLAG,
        /** Text; {@code String}. */
        TEXT,
        /** One of a few words; {@code String}. */
        CHOICE,
        /** A file or folder, relative to the definition's own folder; {@code Path}, absolute. */
        PATH,
        /** A plugin by name, or {@code {type: name, …}}; an instance of the kind. */
        PART,
        /** A list of such; {@code List}. */
        PARTS
    }

    public Param {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a name in snake_case");
        }
        Objects.requireNonNull(form, "form");
        choices = List.copyOf(choices);
        Objects.requireNonNull(doc, "doc");
    }

    private static <T> Param<T> of(String name, Form form, Class<?> kind, Range range, List<String> choices) {
        return new Param<>(name, form, kind, range, choices, null, true, "");
    }

    /** Declares a whole number, any {@code int} unless narrowed. */
    public static Param<Integer> integer(String name) {
        return of(
                name,
                Form.INTEGER,
                null,
                Range.of("[" + Integer.MIN_VALUE + ", " + Integer.MAX_VALUE + "]"),
                List.of());
    }

    /** Declares a number; NaN and the infinities are never permitted. */
    public static Param<Double> number(String name) {
        return of(name, Form.NUMBER, null, Range.of("(-inf, inf)"), List.of());
    }

    /** Declares a switch. */
    public static Param<Boolean> flag(String name) {
        return of(name, Form.FLAG, null, null, List.of());
    }

    /** Declares free text. */
    public static Param<String> text(String name) {
        return of(name, Form.TEXT, null, null, List.of());
    }

    /** Declares one of a few words. */
    public static Param<String> choice(String name, String... choices) {
        return of(name, Form.CHOICE, null, null, List.of(choices));
    }

    /** Declares a file or folder. */
    public static Param<Path> path(String name) {
        return of(name, Form.PATH, null, null, List.of());
    }

    /** Declares a part of another plugin, such as a dense layer's initializer. */
    public static <T> Param<T> part(String name, Class<T> kind) {
        return of(name, Form.PART, kind, null, List.of());
    }

    /** Declares a list of parts, such as the layers of a residual block. */
    public static <T> Param<List<T>> parts(String name, Class<T> kind) {
        return of(name, Form.PARTS, kind, null, List.of());
    }

    /** Returns this parameter with its range narrowed, written as in {@code "[0, 1)"} or {@code "(0, inf)"}. */
    public Param<T> in(String interval) {
        if (range == null) {
            throw new IllegalStateException("'" + name + "' is not a number");
        }
        return new Param<>(name, form, kind, Range.of(interval), choices, fallback, required, doc);
    }

    /**
     * Returns this parameter with a default.
     *
     * @param fallback of a number, switch, text or choice the value; of a part its name
     * @throws IllegalArgumentException if it is of the wrong type, or outside the range or the choices
     */
    public Param<T> or(Object fallback) {
        boolean fits = switch (form) {
            case INTEGER -> fallback instanceof Integer i && range.contains(i);
            case NUMBER -> fallback instanceof Double d && range.contains(d);
            case FLAG -> fallback instanceof Boolean;
            case TEXT, PART -> fallback instanceof String;
            case CHOICE -> fallback instanceof String word && choices.contains(word);
            case PATH, PARTS -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("'" + fallback + "' cannot be the default of '" + name + "'");
        }
        return new Param<>(name, form, kind, range, choices, fallback, false, doc);
    }

    /** Returns this parameter without need of a value: {@link Settings#get} gives null when it is absent. */
    public Param<T> optional() {
        return new Param<>(name, form, kind, range, choices, null, false, doc);
    }

    /** Returns this parameter with its line of documentation. */
    public Param<T> doc(String doc) {
        return new Param<>(name, form, kind, range, choices, fallback, required, doc);
    }
}
