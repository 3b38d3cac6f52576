package dev.nurture.config;

import dev.nurture.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A file that is no definition but is read as strictly, and that reports all that is wrong with it together. Used by one
 * thread.
 */
public final class Document {
    private final Problems problems = new Problems();
    private final Value.Mapping root;

    private Document(Path file) {
        List<Value.Mapping> layers = new DefinitionFiles(problems).read(file);
        problems.report();
        root = layers.get(0);
    }

    /**
     * Reads a file.
     *
     * @throws DefinitionException if it cannot be read, or its form is wrong
     */
    public static Document read(Path file) {
        return new Document(file);
    }

    /** Returns what it says. */
    public Value.Mapping root() {
        return root;
    }

    /** Takes a problem, to be reported with the others. */
    public void problem(Mark mark, String path, String message) {
        problems.add(mark, path, message);
    }

    /**
     * Reports what was found wrong.
     *
     * @throws DefinitionException if anything was
     */
    public void check() {
        problems.report();
    }

    /** Returns a key's path within a path. */
    public static String join(String path, String key) {
        return DefinitionPath.join(path, key);
    }

    /** Reports keys of a mapping that are not among those it may have. */
    public void checkKeys(Value.Mapping mapping, String path, List<String> keys) {
        mapping.entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                problem(entry.mark(), join(path, key), ParamBinder.noSuch("key", key, keys));
            }
        });
    }

    /** Returns the text of a key that must be there; empty, when it is not or is something else, which is reported. */
    public String text(Value.Mapping mapping, String path, String key) {
        if (mapping.get(key).isEmpty()) {
            problem(mapping.mark(), join(path, key), "is missing");
        }
        return optionalText(mapping, path, key).orElse("");
    }

    /** Returns the text of a key, if it is there. */
    public Optional<String> optionalText(Value.Mapping mapping, String path, String key) {
        return mapping.get(key).flatMap(value -> {
            if (value instanceof Value.Scalar scalar) {
                return Optional.of(scalar.text());
            }
            if (!(value instanceof Value.Refused)) {
                problem(value.mark(), join(path, key), "expected a text, not " + Value.describe(value));
            }
            return Optional.empty();
        });
    }

    /** Returns whether a key says {@code true}; {@code false} where it is absent. */
    public boolean flag(Value.Mapping mapping, String path, String key) {
        Optional<String> text = optionalText(mapping, path, key);
        if (text.isPresent() && !List.of("true", "false").contains(text.get())) {
            problem(mapping.mark(), join(path, key), "expected true or false, not " + Shown.quoted(text.get()));
        }
        return text.equals(Optional.of("true"));
    }

    /** Returns the texts of a list; none where the key is absent. A single text counts as a list of one. */
    public List<String> texts(Value.Mapping mapping, String path, String key) {
        List<String> texts = new ArrayList<>();
        mapping.get(key).ifPresent(value -> {
            List<Value> items = value instanceof Value.Sequence sequence ? sequence.items() : List.of(value);
            for (Value item : items) {
                if (item instanceof Value.Scalar scalar) {
                    texts.add(scalar.text());
                } else if (!(item instanceof Value.Refused)) {
                    problem(item.mark(), join(path, key), "expected a list of texts, not " + Value.describe(item));
                }
            }
        });
        return texts;
    }

    /** Returns the mapping of a key; an empty one where it is absent or, which is reported, something else. */
    public Value.Mapping mapping(Value.Mapping mapping, String path, String key) {
        Value value = mapping.get(key).orElse(null);
        if (value instanceof Value.Mapping found) {
            return found;
        }
        if (value != null && !(value instanceof Value.Refused)) {
            problem(value.mark(), join(path, key), "expected a mapping, not " + Value.describe(value));
        }
        return new Value.Mapping(Map.of(), value == null ? mapping.mark() : value.mark());
    }

    /** Makes something of each mapping of a list, by the mapping and its path; nothing where the key is absent. */
    public <T> List<T> each(Value.Mapping mapping, String path, String key, BiFunction<Value.Mapping, String, T> make) {
        List<T> made = new ArrayList<>();
        Value value = mapping.get(key).orElse(null);
        List<Value> items = value instanceof Value.Sequence sequence ? sequence.items() : List.of();
        if (value != null && !(value instanceof Value.Sequence) && !(value instanceof Value.Refused)) {
            problem(value.mark(), join(path, key), "expected a list, not " + Value.describe(value));
        }
        for (int i = 0; i < items.size(); i++) {
            String itemPath = join(path, key) + "[" + i + "]";
            if (items.get(i) instanceof Value.Mapping item) {
                made.add(make.apply(item, itemPath));
            } else if (!(items.get(i) instanceof Value.Refused)) {
                problem(items.get(i).mark(), itemPath, "expected a mapping, not " + Value.describe(items.get(i)));
            }
        }
        return made;
    }

    /** Returns a part of a kind as its settings say; empty where they are wrong, which is reported. */
    public Optional<PartSettings> part(PluginCatalog catalog, Class<?> kind, Value value, String path) {
        return Optional.ofNullable(new ParamBinder(catalog, problems).part(kind, value, null, path, value.mark()));
    }

    /** Returns a value in the form in which it can be given on a command line. */
    public static String inline(Value value) {
        return DefinitionWriter.value(value);
    }
}
