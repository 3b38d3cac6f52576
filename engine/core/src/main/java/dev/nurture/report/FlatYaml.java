package dev.nurture.report;

import java.io.StringReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * A definition as pairs of a path, such as {@code model[0].units}, and a value as it is written. Only the parser's events
 * are looked at: nothing is constructed, and no alias is followed.
 */
final class FlatYaml {
    /** Deeper than any definition. */
    private static final int DEPTH = 64;

    private final Iterator<Event> events;
    private final Map<String, String> values = new LinkedHashMap<>();

    private FlatYaml(Iterator<Event> events) {
        this.events = events;
    }

    /** Returns the pairs in the order of the text; of a text that cannot be read, the whole as one value. */
    static Map<String, String> read(String text) {
        FlatYaml flat = new FlatYaml(new Yaml().parse(new StringReader(text)).iterator());
        try {
            flat.document();
        } catch (YAMLException e) {
            return new LinkedHashMap<>(Map.of("definition", text));
        }
        return flat.values;
    }

    private void document() {
        while (events.hasNext()) {
            Event event = events.next();
            if (event.is(Event.ID.DocumentStart)) {
                value(events.next(), "", 0);
            }
        }
    }

    private void value(Event event, String path, int depth) {
        if (depth > DEPTH) {
            throw new YAMLException("deeper than " + DEPTH);
        }
        if (event.is(Event.ID.MappingStart)) {
            mapping(path, depth);
        } else if (event.is(Event.ID.SequenceStart)) {
            sequence(path, depth);
        } else {
            values.put(path, written(event));
        }
    }

    private void mapping(String path, int depth) {
        Event key = events.next();
        if (key.is(Event.ID.MappingEnd)) {
            values.put(path, "{}");
        }
        while (!key.is(Event.ID.MappingEnd)) {
            if (!(key instanceof ScalarEvent)) {
                throw new YAMLException("a key that is no word");
            }
            value(events.next(), path.isEmpty() ? written(key) : path + "." + written(key), depth + 1);
            key = events.next();
        }
    }

    private void sequence(String path, int depth) {
        Event element = events.next();
        if (element.is(Event.ID.SequenceEnd)) {
            values.put(path, "[]");
        }
        for (int i = 0; !element.is(Event.ID.SequenceEnd); i++) {
            value(element, path + "[" + i + "]", depth + 1);
            element = events.next();
        }
    }

    private static String written(Event event) {
        return event instanceof AliasEvent alias ? "*" + alias.getAnchor() : ((ScalarEvent) event).getValue();
    }
}
