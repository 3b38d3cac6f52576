package dev.nurture.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;

/**
 * Replaces {@code ${env:NAME}} by a variable of the environment and {@code ${key.of.the.definition}} by another value,
 * with {@code ${…:-otherwise}} for what may be absent. Commons Configuration does the replacing, with these two look-ups
 * alone: none that opens a file or an address, or runs anything, is there to be found. {@code $${} stands for {@code ${}
 * itself.
 */
final class Interpolation {
    private static final String ENVIRONMENT = "env";
    private static final String OTHERWISE = ":-";

    /** No value is longer; stops values that double one another. */
    private static final int LENGTH = 10_000;

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([^}]*)(}?)");

    private final Value root;
    private final UnaryOperator<String> environment;
    private final Problems problems;
    private final Map<Value.Scalar, Value> done = new IdentityHashMap<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private ConfigurationInterpolator interpolator;

    /** A value on its way. */
    private static final class Frame {
        private final Value.Scalar scalar;
        private final String path;
        private boolean refused;

        Frame(Value.Scalar scalar, String path) {
            this.scalar = scalar;
            this.path = path;
        }
    }

    Interpolation(Value root, UnaryOperator<String> environment, Problems problems) {
        this.root = root;
        this.environment = environment;
        this.problems = problems;
    }

    /** Returns the definition with everything replaced; what cannot be is reported, and {@link Value.Refused}. */
    Value resolved() {
        return resolved(root, "");
    }

    private Value resolved(Value value, String path) {
        if (value instanceof Value.Mapping mapping) {
            Map<String, Value.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> {
                Value resolved = resolved(entry.value(), DefinitionPath.join(path, key));
                entries.put(key, new Value.Entry(entry.mark(), resolved));
            });
            return new Value.Mapping(entries, mapping.mark());
        }
        if (value instanceof Value.Sequence sequence) {
            List<Value> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(resolved(item, path + "[" + items.size() + "]")));
            return new Value.Sequence(items, sequence.mark());
        }
        return value instanceof Value.Scalar scalar ? scalar(scalar, path) : value;
    }

    private Value scalar(Value.Scalar scalar, String path) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Value known = done.get(scalar);
        if (known != null) {
            return known;
        }
        Frame frame = new Frame(scalar, path);
        frames.push(frame);
        Value resolved = replaced(frame);
        frames.pop();
        done.put(scalar, resolved);
        return resolved;
    }

    private Value replaced(Frame frame) {
        Value.Scalar scalar = frame.scalar;
        if (scalar.text().length() > LENGTH) {
            refuse("is longer than " + LENGTH + " characters");
            return new Value.Refused(scalar.mark());
        }
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher matcher = VARIABLE.matcher(scalar.text());
        while (matcher.find()) {
            String variable = matcher.group(1);
            if (matcher.group(2).isEmpty()) {
                refuse("'${' is not closed by '}'; write $${ for the characters themselves");
            } else {
                int otherwise = variable.indexOf(OTHERWISE);
                String name = otherwise < 0 ? variable : variable.substring(0, otherwise);
                String text = variables.containsKey(name) ? variables.get(name) : value(name, otherwise >= 0);
                variables.put(name, text);
            }
        }
        if (frame.refused) {
            return new Value.Refused(scalar.mark());
        }
        if (interpolator == null) {
            interpolator = new ConfigurationInterpolator();
        }
        // What a variable stands for is text, not something to be replaced in turn.
        Map<String, String> escaped = new LinkedHashMap<>();
        variables.forEach((name, text) -> escaped.put(name, text == null ? null : text.replace("${", "$${")));
        interpolator.registerLookup(ENVIRONMENT, name -> escaped.get(ENVIRONMENT + ":" + name));
        interpolator.getDefaultLookups().forEach(interpolator::removeDefaultLookup);
        interpolator.addDefaultLookup(escaped::get);
        String text = String.valueOf(interpolator.interpolate(scalar.text()));
        if (text.length() > LENGTH) {
            refuse("becomes longer than " + LENGTH + " characters");
            return new Value.Refused(scalar.mark());
        }
        return PlainScalar.composed(text, scalar.mark());
    }

    /** Returns what a variable stands for, or null when there is nothing, reported unless it may be absent. */
    private String value(String name, boolean mayBeAbsent) {
        int colon = name.indexOf(':');
        if (colon >= 0) {
            String lookup = name.substring(0, colon);
            if (!lookup.equals(ENVIRONMENT)) {
                refuse("${" + Shown.of(name) + "}: the look-up " + Shown.quoted(lookup)
                        + " is not permitted; ${env:NAME} and ${key.of.this.definition} are");
                return null;
            }
            String text = environment.apply(name.substring(colon + 1));
            if (text == null && !mayBeAbsent) {
                refuse("${" + Shown.of(name) + "}: the environment has no variable "
                        + Shown.quoted(name.substring(colon + 1)));
            }
            return text;
        }
        Value value = null;
        String path = name;
        try {
            DefinitionPath parsed = DefinitionPath.of(name);
            value = parsed.in(root);
            path = parsed.toString();
        } catch (IllegalArgumentException e) {
            refuse("${" + Shown.of(name) + "}: " + e.getMessage());
            return null;
        }
        if (value == null) {
            if (!mayBeAbsent) {
                refuse("${" + Shown.of(name) + "}: this definition has no value there");
            }
            return null;
        }
        if (value instanceof Value.Refused) {
            frames.element().refused = true;
            return null;
        }
        if (!(value instanceof Value.Scalar scalar)) {
            refuse("${" + Shown.of(name) + "} is " + Value.describe(value) + "; only a single value can stand here");
            return null;
        }
        if (goesRound(scalar, path)) {
            return null;
        }
        Value resolved = scalar(scalar, path);
        if (resolved instanceof Value.Scalar found) {
            return found.text();
        }
        frames.element().refused = true;
        return null;
    }

    private boolean goesRound(Value.Scalar scalar, String path) {
        Iterator<Frame> from = frames.descendingIterator();
        StringBuilder circle = new StringBuilder();
        while (from.hasNext()) {
            Frame frame = from.next();
            if (frame.scalar == scalar || circle.length() > 0) {
                circle.append(frame.path).append(" → ");
            }
        }
        if (circle.length() > 0) {
            refuse("refers to itself: " + circle + path);
        } else if (frames.size() > StrictYaml.DEPTH) {
            refuse("refers to values that refer to others, more than " + StrictYaml.DEPTH + " deep");
            return true;
        }
        return circle.length() > 0;
    }

    private void refuse(String message) {
        Frame frame = frames.element();
        frame.refused = true;
        problems.add(frame.scalar.mark(), frame.path, message);
    }
}
