package dev.nurture.config;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Range;
import dev.nurture.spi.Settings;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks values against declared parameters, parts among them, and fills in the defaults. Never stops at a problem. */
final class ParamBinder {
    static final String TYPE = "type";

    /** Parts within parts; what is written out, two levels a part, must still be readable. */
    private static final int DEPTH = 24;

    private static final Range INT = Range.of("[" + Integer.MIN_VALUE + ", " + Integer.MAX_VALUE + "]");

    private final PluginCatalog catalog;
    private final Problems problems;
    private int depth;

    ParamBinder(PluginCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /**
     * Who declares parameters, as its problems name it.
     *
     * @param unknown begins the sentence about a key it does not have
     * @param listing introduces those it has
     * @param needs begins the sentence about a missing one
     */
    private record Owner(String unknown, String listing, String needs) {
        static Owner section(String name) {
            String quoted = "'" + name + "'";
            return name.isEmpty()
                    ? new Owner("there is no such key", "There are: ", "is missing")
                    : new Owner(quoted + " has no such key", "It has: ", quoted + " needs it");
        }

        static Owner part(Part part) {
            String plugin = " (plugin " + part.origin() + ")";
            return new Owner(
                    Shown.quoted(part.name()) + " has no such parameter" + plugin,
                    "It has: ",
                    Shown.quoted(part.name()) + " needs it" + plugin);
        }
    }

    /** The checked values of a section. */
    record Section(Map<String, Object> values) implements Settings {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(Param<T> param) {
            return (T) values.get(param.name());
        }
    }

    /**
     * Binds a section of the definition.
     *
     * @param value null when the definition does not have it
     * @param beside keys that it has beside the parameters, bound by the caller
     */
    Section section(Value value, String path, Mark mark, List<Param<?>> params, List<String> beside) {
        Value.Mapping mapping = mapping(value, path, mark);
        checkKeys(mapping, path, Owner.section(path), params, beside);
        return new Section(values(mapping, path, Owner.section(path), params, value instanceof Value.Refused));
    }

    /** Reports keys of the definition's top level that there are not. */
    void checkKeys(Value.Mapping mapping, List<String> keys) {
        checkKeys(mapping, "", Owner.section(""), List.of(), keys);
    }

    /** Returns a mapping, empty when the value is absent or, having been reported, no mapping. */
    Value.Mapping mapping(Value value, String path, Mark mark) {
        if (value instanceof Value.Mapping mapping) {
            return mapping;
        }
        if (value != null && !(value instanceof Value.Refused)) {
            problems.add(value.mark(), path, "expected a mapping, not " + Value.describe(value));
        }
        return new Value.Mapping(Map.of(), value == null ? mark : value.mark());
    }

    private void checkKeys(
            Value.Mapping mapping, String path, Owner owner, List<Param<?>> params, List<String> beside) {
        List<String> names = new ArrayList<>(names(params));
        names.addAll(beside);
        names.remove(TYPE);
        mapping.entries().forEach((key, entry) -> {
            if (!problems.full() && !names.contains(key) && !(key.equals(TYPE) && beside.contains(TYPE))) {
                String hint = Nearest.hint(key, names);
                String listed = names.isEmpty() ? "It has none" : owner.listing + String.join(", ", names);
                problems.add(
                        entry.mark(),
                        DefinitionPath.join(path, key),
                        owner.unknown + hint + (hint.isEmpty() ? ". " : " ") + listed);
            }
        });
    }

    private Map<String, Object> values(
            Value.Mapping mapping, String path, Owner owner, List<Param<?>> params, boolean refused) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Param<?> param : params) {
            String paramPath = DefinitionPath.join(path, param.name());
            Value value = mapping.get(param.name()).orElse(null);
            Object bound = value == null ? null : value(param, value, paramPath);
            if (value == null && param.fallback() != null) {
                bound = param.form() == Param.Form.PART
                        ? part(param.kind(), null, (String) param.fallback(), paramPath, mapping.mark())
                        : param.fallback();
            } else if (value == null
                    && param.required()
                    && !refused
                    && !misspelled(param.name(), mapping, names(params))) {
                problems.add(
                        mapping.mark(), paramPath, owner.needs + (param.doc().isEmpty() ? "" : ": " + param.doc()));
            }
            if (bound != null) {
                values.put(param.name(), bound);
            }
        }
        return values;
    }

    private static List<String> names(List<Param<?>> params) {
        return params.stream().<String>map(Param::name).toList();
    }

    /** Tells whether an unknown key looks like this one, in which case that was reported already. */
    static boolean misspelled(String name, Value.Mapping mapping, List<String> names) {
        return mapping.entries().keySet().stream()
                .limit(100)
                .filter(key -> !names.contains(key))
                .anyMatch(key -> Nearest.to(key, names).equals(Optional.of(name)));
    }

    /** Returns the value as its parameter declares it; null when it was reported. */
    private Object value(Param<?> param, Value value, String path) {
        if (value instanceof Value.Refused) {
            return null;
        }
        return switch (param.form()) {
            case PART -> part(param.kind(), value, (String) param.fallback(), path, value.mark());
            case PARTS -> parts(param.kind(), value, path);
            case INTEGER -> number(param, value, path, "a whole number");
            case NUMBER -> number(param, value, path, "a number");
            case FLAG -> flag(value, path);
            case TEXT -> scalar(value, path, "text").map(Value.Scalar::text).orElse(null);
            case CHOICE -> choice(param, value, path);
            case PATH -> path(value, path);
        };
    }

    private Optional<Value.Scalar> scalar(Value value, String path, String expected) {
        if (value instanceof Value.Scalar scalar) {
            return Optional.of(scalar);
        }
        if (!(value instanceof Value.Refused)) {
            problems.add(value.mark(), path, "expected " + expected + ", not " + Value.describe(value));
        }
        return Optional.empty();
    }

    private Object number(Param<?> param, Value value, String path, String expected) {
        boolean whole = param.form() == Param.Form.INTEGER;
        Value.Scalar scalar = scalar(value, path, expected).orElse(null);
        if (scalar == null) {
            return null;
        }
        var form = whole ? PlainScalar.INTEGER : PlainScalar.NUMBER;
        if (scalar.literal() || !form.matcher(scalar.text()).matches()) {
            problems.add(value.mark(), path, "expected " + expected + ", not " + Value.describe(value));
            return null;
        }
        double number = Double.parseDouble(scalar.text());
        boolean isInt = (int) number == number;
        if (!param.range().contains(number) || (whole && !isInt)) {
            // A plugin may leave a whole number's range open, an int's is not.
            Range range = param.range().contains(number) ? INT : param.range();
            problems.add(value.mark(), path, Shown.of(scalar.text()) + " is outside " + range);
            return null;
        }
        return whole ? (Object) (int) number : (Object) number;
    }

    private Object flag(Value value, String path) {
        Value.Scalar scalar = scalar(value, path, "true or false").orElse(null);
        if (scalar == null) {
            return null;
        }
        if (!scalar.literal() && (scalar.text().equals("true") || scalar.text().equals("false"))) {
            return Boolean.valueOf(scalar.text());
        }
        problems.add(value.mark(), path, "expected true or false, not " + Value.describe(value));
        return null;
    }

    private Object choice(Param<?> param, Value value, String path) {
        String text = scalar(value, path, "a word").map(Value.Scalar::text).orElse(null);
        if (text == null || param.choices().contains(text)) {
            return text;
        }
        problems.add(value.mark(), path, noSuch(param.name().replace('_', ' '), text, param.choices()));
        return null;
    }

    private Object path(Value value, String path) {
        String text = scalar(value, path, "a path").map(Value.Scalar::text).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            if (!text.isBlank()) {
                return value.mark().folder().resolve(text).normalize();
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        problems.add(value.mark(), path, "expected a path, not " + Value.describe(value));
        return null;
    }

    static String noSuch(String what, String name, List<String> names) {
        String hint = Nearest.hint(name, names);
        String listed = names.isEmpty() ? ". There are none" : ". There are: " + String.join(", ", names);
        return "there is no " + what + " " + Shown.quoted(name) + (hint.isEmpty() ? listed : hint);
    }

    /** Binds a list of parts; a single one counts as a list of one. */
    List<PartSettings> parts(Class<?> wanted, Value value, String path) {
        List<PartSettings> parts = new ArrayList<>();
        if (value instanceof Value.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                Value item = sequence.items().get(i);
                PartSettings part = part(wanted, item, null, path + "[" + i + "]", item.mark());
                if (part != null) {
                    parts.add(part);
                }
            }
        } else {
            PartSettings part = part(wanted, value, null, path, value.mark());
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /**
     * Binds a part.
     *
     * @param value a name or a mapping; null for the default
     * @param byDefault the name of the part when none is given, or null when one must be
     * @return null when it was reported
     */
    PartSettings part(Class<?> wanted, Value value, String byDefault, String path, Mark mark) {
        return part(wanted, value, byDefault, path, mark, List.of(), new LinkedHashMap<>());
    }

    /**
     * Binds a part that has parameters beside those it declares.
     *
     * @param beside the further parameters
     * @param extra where their values go
     */
    PartSettings part(
            Class<?> wanted,
            Value value,
            String byDefault,
            String path,
            Mark mark,
            List<Param<?>> beside,
            Map<String, Object> extra) {
        if (value instanceof Value.Refused) {
            return null;
        }
        String what = label(wanted);
        Value type = value;
        Value.Mapping mapping = new Value.Mapping(Map.of(), mark);
        if (value instanceof Value.Mapping written) {
            mapping = written;
            type = written.get(TYPE).orElse(null);
            if (type == null && byDefault == null) {
                String near = Nearest.to(TYPE, written.entries().keySet())
                        .map(key -> "; is " + Shown.quoted(key) + " meant for it?")
                        .orElse("");
                problems.add(
                        written.mark(),
                        DefinitionPath.join(path, TYPE),
                        "the name of the " + what + " is missing" + near);
                return null;
            }
        }
        if (type == null) {
            return part(wanted, byDefault, mapping, path, mark, beside, extra);
        }
        if (type instanceof Value.Scalar scalar && !Value.isNull(scalar)) {
            return part(wanted, scalar.text(), mapping, path, scalar.mark(), beside, extra);
        }
        if (!(type instanceof Value.Refused)) {
            problems.add(type.mark(), path, "expected the name of a part (" + what + "), not " + Value.describe(type));
        }
        return null;
    }

    private PartSettings part(
            Class<?> wanted,
            String name,
            Value.Mapping mapping,
            String path,
            Mark mark,
            List<Param<?>> beside,
            Map<String, Object> extra) {
        Part part = find(wanted, name, path, mark);
        if (part == null) {
            return null;
        }
        if (depth >= DEPTH) {
            problems.add(mark, path, "parts within parts more than " + DEPTH + " deep");
            return null;
        }
        depth++;
        List<Param<?>> declared = part.factory().params();
        List<Param<?>> params = new ArrayList<>(declared);
        params.addAll(beside);
        Owner owner = Owner.part(part);
        checkKeys(mapping, path, owner, params, List.of(TYPE));
        Map<String, Object> values = values(mapping, path, owner, declared, false);
        extra.putAll(values(mapping, path, owner, beside, false));
        depth--;
        return new PartSettings(part, wanted, values, path, mapping.entries().isEmpty() ? mark : mapping.mark());
    }

    private Part find(Class<?> wanted, String name, String path, Mark mark) {
        List<String> names = new ArrayList<>();
        Part misplaced = null;
        for (Kind kind : kinds(wanted)) {
            Optional<Part> part = catalog.find(kind, name);
            if (part.isPresent() && fits(part.get(), wanted)) {
                return part.get();
            }
            misplaced = part.orElse(misplaced);
            catalog.parts(kind).stream().filter(other -> fits(other, wanted)).forEach(other -> names.add(other.name()));
        }
        if (misplaced != null) {
            problems.add(
                    mark, path, Shown.quoted(name) + " has weights or several inputs a unit and cannot stand here");
        } else if (!problems.full()) {
            problems.add(mark, path, noSuch(label(wanted), name, names));
        }
        return null;
    }

    /** Returns the kinds of part that can stand where a type is wanted. */
    private static List<Kind> kinds(Class<?> wanted) {
        if (wanted == Layer.class) {
            return List.of(Kind.LAYER, Kind.ACTIVATION, Kind.NORMALIZATION);
        }
        return Kind.of(wanted).map(List::of).orElse(List.of());
    }

    private static boolean fits(Part part, Class<?> wanted) {
        Class<?> type = part.factory().type();
        return wanted.isAssignableFrom(type)
                || (type == Activation.class && wanted.isAssignableFrom(ActivationLayer.class));
    }

    private static String label(Class<?> wanted) {
        return Kind.of(wanted).map(Kind::noun).orElse(wanted.getSimpleName());
    }
}
