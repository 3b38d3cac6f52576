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
 * with {@code ${…:-otherwise}} for what may be absent. Commons Configuration's interpolator has these two look-ups alone:
 * none that opens a file or an address, or runs anything, is there to be found. What is found is text, never replaced in
 * turn. {@code $${} stands for {@code ${}
 * itself.
 */
final class Interpolation {
    private static final String ENVIRONMENT = "env";
    private static final String OTHERWISE = ":-";

    /** No value is longer; stops values that double one another. */
    private static final int LENGTH = 10_000;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final int VARIABLE_NAME = 1;
    private static final int CLOSING_BRACE = 2;

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
        private boolean mayBeAbsent;

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
        if (interpolator == null) {
            interpolator = new ConfigurationInterpolator();
            interpolator.registerLookup(ENVIRONMENT, environment::apply);
            interpolator.addDefaultLookup(this::lookUp);
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
        StringBuilder text = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(scalar.text());
        int end = 0;
        while (matcher.find() && text.length() <= LENGTH) {
            text.append(scalar.text(), end, matcher.start());
            end = matcher.end();
            if (matcher.group(VARIABLE_NAME) == null) {
                text.append("${");
            } else if (matcher.group(CLOSING_BRACE).isEmpty()) {
                refuse("'${' is not closed by '}'; write $${ for the characters themselves");
                break;
            } else {
                text.append(variable(matcher.group(VARIABLE_NAME), frame));
            }
        }
        text.append(scalar.text(), end, scalar.text().length());
        if (text.length() > LENGTH && !frame.refused) {
            refuse("becomes longer than " + LENGTH + " characters");
        }
        return frame.refused ? new Value.Refused(scalar.mark()) : PlainScalar.composed(text.toString(), scalar.mark());
    }

    /** Returns what {@code ${name}} or {@code ${name:-otherwise}} stands for; nothing when it was refused. */
    private String variable(String written, Frame frame) {
        int otherwise = written.indexOf(OTHERWISE);
        frame.mayBeAbsent = otherwise >= 0;
        Object found = interpolator.resolve(otherwise < 0 ? written : written.substring(0, otherwise));
        if (found != null) {
            return found.toString();
        }
        return otherwise < 0 ? "" : written.substring(otherwise + OTHERWISE.length());
    }

    /** Returns the text of another value of the definition; null, reported or permitted, when there is none. */
    private String lookUp(String name) {
        Frame frame = frames.element();
        String shown = "${" + Shown.of(name) + "}";
        int colon = name.indexOf(':');
        if (colon >= 0) {
            String lookup = name.substring(0, colon);
            String variable = Shown.quoted(name.substring(colon + 1));
            if (!lookup.equals(ENVIRONMENT)) {
                refuse(shown + ": the look-up " + Shown.quoted(lookup)
                        + " is not permitted; ${env:NAME} and ${key.of.this.definition} are");
            } else if (!frame.mayBeAbsent) {
                refuse(shown + ": the environment has no variable " + variable);
            }
            return null;
        }
        try {
            DefinitionPath path = DefinitionPath.of(name);
            Value value = path.in(root);
            if (value == null && !frame.mayBeAbsent) {
                refuse(shown + ": this definition has no value there");
            }
            return value == null ? null : text(value, path.toString(), shown);
        } catch (IllegalArgumentException e) {
            refuse(shown + ": " + e.getMessage());
            return null;
        }
    }

    private String text(Value value, String path, String shown) {
        Value found = value;
        if (value instanceof Value.Scalar scalar && !goesRound(scalar, path)) {
            found = scalar(scalar, path);
        }
        if (value instanceof Value.Mapping || value instanceof Value.Sequence) {
            refuse(shown + " is " + Value.describe(value) + "; only a single value can stand here");
        } else if (found instanceof Value.Refused) {
            frames.element().refused = true;
        }
        return found instanceof Value.Scalar scalar ? scalar.text() : null;
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
