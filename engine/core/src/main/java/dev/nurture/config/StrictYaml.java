package dev.nurture.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the part of YAML that means the same to everybody: mappings, lists and scalars. JSON is a part of that part.
 *
 * <p>Works on parser events rather than on composed nodes: an alias is then still an alias, with its own line, nothing is
 * expanded, and what was wrong before a syntax error is reported too. Nothing is ever constructed from a tag.
 */
final class StrictYaml {
    static final int DEPTH = 64;

    /** Far more than any definition has; bounds the time that any file can take. */
    static final int VALUES = 20_000;

    private final Mark start;
    private final Problems problems;
    private final ParserImpl parser;
    private int values;

    /** Ends the reading; what is wrong has been reported. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    private StrictYaml(String text, Mark start, Problems problems) {
        this.start = start;
        this.problems = problems;
        parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    /**
     * Reads one document.
     *
     * @param start where the text begins
     * @param path of the value that the text is; empty for a whole definition
     * @return {@link Value.Refused} when it cannot be read to the end
     */
    static Value read(String text, Mark start, String path, Problems problems) {
        try {
            return new StrictYaml(text, start, problems).document(path);
        } catch (Stop stop) {
            return new Value.Refused(start);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            problems.add(start.down(line), path, "cannot be read as YAML: " + sentence(e));
        } catch (ReaderException e) {
            int lines = (int) text.codePoints()
                    .limit(e.getPosition())
                    .filter(point -> point == '\n')
                    .count();
            problems.add(
                    start.down(lines), path, "the character U+%04X is not permitted here".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            problems.add(start, path, "cannot be read as YAML: " + Shown.of(String.valueOf(e.getMessage())));
        }
        return new Value.Refused(start);
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        String hint = "";
        if (problem.contains("chomping or indentation") || problem.contains("comment or a line break")) {
            hint = "; text that begins with > or | must be quoted";
        } else if (problem.contains("(TAB)")) {
            hint = "; indent with spaces";
        } else if (problem.contains("mapping values are not allowed here")) {
            hint = "; is a line above unfinished, or indented differently?";
        }
        return (context + problem).replaceAll("\\s+", " ") + hint;
    }

    private Value document(String path) {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw stop(parser.peekEvent(), path, "there is nothing in it");
        }
        DocumentStartEvent document = (DocumentStartEvent) parser.getEvent();
        if (document.getVersion() != null
                || (document.getTags() != null && !document.getTags().isEmpty())) {
            problems.add(start, path, "directives (%) are not permitted");
        }
        Value value = node(path, 1);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw stop(parser.peekEvent(), path, "a second document begins here; a definition is one document");
        }
        return value;
    }

    private Value node(String path, int depth) {
        Event event = parser.getEvent();
        if (++values > VALUES) {
            throw stop(event, "", "there are more than " + VALUES + " values");
        }
        if (depth > DEPTH) {
            throw stop(event, "", "nested more than " + DEPTH + " levels deep");
        }
        Mark mark = mark(event);
        if (event instanceof AliasEvent alias) {
            problems.add(
                    mark, path, "the alias *" + Shown.of(alias.getAnchor()) + " is not permitted; write the value out");
            return new Value.Refused(mark);
        }
        boolean tagged = unadorned((NodeEvent) event, path);
        if (event instanceof ScalarEvent scalar) {
            if (tagged) {
                return new Value.Refused(mark);
            }
            return scalar.isPlain()
                    ? PlainScalar.read(scalar.getValue(), mark, path, problems)
                    : PlainScalar.quoted(scalar.getValue(), mark);
        }
        Value collection =
                event instanceof MappingStartEvent ? mapping(mark, path, depth) : sequence(mark, path, depth);
        return tagged ? new Value.Refused(mark) : collection;
    }

    /** Reports an anchor or a tag, and tells whether there is a tag. */
    private boolean unadorned(NodeEvent event, String path) {
        if (event.getAnchor() != null) {
            problems.add(
                    mark(event),
                    path,
                    "the anchor &" + Shown.of(event.getAnchor()) + " is not permitted; leave it out");
        }
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag == null) {
            return false;
        }
        String written = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
        problems.add(mark(event), path, "the tag " + Shown.of(written) + " is not permitted; write the value alone");
        return true;
    }

    private Value sequence(Mark mark, String path, int depth) {
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(path + "[" + items.size() + "]", depth + 1));
        }
        parser.getEvent();
        return new Value.Sequence(items, mark);
    }

    private Value mapping(Mark mark, String path, int depth) {
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Mark at = mark(parser.peekEvent());
            String key = key(path, depth);
            if (key == null) {
                node(path, depth + 1);
                continue;
            }
            String keyPath = DefinitionPath.join(path, key);
            Value value = at(at, node(keyPath, depth + 1));
            Value.Entry first = entries.putIfAbsent(key, new Value.Entry(at, value));
            if (first != null) {
                String where = first.mark().line() == 0
                        ? ""
                        : "; the first is on line " + first.mark().line();
                problems.add(at, keyPath, "stands here for the second time" + where);
            }
        }
        parser.getEvent();
        return new Value.Mapping(entries, mark);
    }

    /** Reads a key; null when it was reported. */
    private String key(String path, int depth) {
        if (!(parser.peekEvent() instanceof ScalarEvent scalar)) {
            Mark at = mark(parser.peekEvent());
            boolean alias = parser.peekEvent() instanceof AliasEvent;
            node(path, depth + 1);
            if (!alias) {
                problems.add(at, path, "a key must be a word, not a list or a mapping");
            }
            return null;
        }
        parser.getEvent();
        Mark at = mark(scalar);
        if (unadorned(scalar, path)) {
            return null;
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            problems.add(at, path, "merging with << is not permitted; write the keys out, or use extends");
            return null;
        }
        if (scalar.getValue().isEmpty()) {
            problems.add(at, path, "there is a value without a key");
            return null;
        }
        return scalar.getValue();
    }

    /** A mapping or list under a key is found where the key is, however it is laid out. */
    private static Value at(Mark mark, Value value) {
        if (value instanceof Value.Mapping mapping) {
            return new Value.Mapping(mapping.entries(), mark);
        }
        if (value instanceof Value.Sequence sequence) {
            return new Value.Sequence(sequence.items(), mark);
        }
        return value;
    }

    private Mark mark(Event event) {
        return start.down(event.getStartMark().getLine());
    }

    private Stop stop(Event event, String path, String message) {
        problems.add(mark(event), path, message);
        return new Stop();
    }
}
