package dev.nurture.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to a value, written as in {@code model[0].units}. A key that holds a dot or a bracket is quoted: {@code
 * search.space."model[0].units"}.
 */
record DefinitionPath(List<Step> steps) {
    /**
     * A key, or an item of a list.
     *
     * @param key null for an item
     */
    record Step(String key, int index) {}

    /** Returns the path of a key within a path. */
    static String join(String path, String key) {
        return path.isEmpty() ? Shown.of(key) : path + "." + Shown.of(key);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none, with a message for the user
     */
    static DefinitionPath of(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length() || steps.isEmpty()) {
            int end;
            if (at < text.length() && text.charAt(at) == '[' && !steps.isEmpty()) {
                end = text.indexOf(']', at);
                String index = end < 0 ? "" : text.substring(at + 1, end);
                if (!index.matches("[0-9]{1,6}")) {
                    throw new IllegalArgumentException("'[' must be followed by a number from 0 and ']'");
                }
                steps.add(new Step(null, Integer.parseInt(index)));
                at = end + 1;
                if (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
                    throw new IllegalArgumentException("']' must be followed by '.' or '['");
                }
                continue;
            }
            if (!steps.isEmpty()) {
                at++;
            }
            char first = at < text.length() ? text.charAt(at) : '.';
            if (first == '"' || first == '\'') {
                end = text.indexOf(first, at + 1);
                if (end < 0) {
                    throw new IllegalArgumentException("a quote is not closed");
                }
                steps.add(new Step(key(text.substring(at + 1, end)), 0));
                at = end + 1;
                if (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
                    throw new IllegalArgumentException("a quoted key must be followed by '.' or '['");
                }
            } else {
                end = at;
                while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                steps.add(new Step(key(text.substring(at, end)), 0));
                at = end;
            }
            if (steps.size() >= StrictYaml.DEPTH) {
                throw new IllegalArgumentException("nested more than " + StrictYaml.DEPTH + " levels deep");
            }
        }
        return new DefinitionPath(steps);
    }

    private static String key(String key) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a key is empty");
        }
        return key.strip();
    }

    /** Returns the value at this path; null when there is none. */
    Value in(Value root) {
        Value value = root;
        for (Step step : steps) {
            if (step.key != null && value instanceof Value.Mapping mapping) {
                value = mapping.get(step.key).orElse(null);
            } else if (step.key == null
                    && value instanceof Value.Sequence sequence
                    && step.index < sequence.items().size()) {
                value = sequence.items().get(step.index);
            } else {
                return null;
            }
        }
        return value;
    }

    @Override
    public String toString() {
        String path = "";
        for (Step step : steps) {
            path = step.key == null ? path + "[" + step.index + "]" : join(path, step.key);
        }
        return path;
    }
}
