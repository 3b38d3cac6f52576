package dev.nurture.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads {@code model[0].units = 100}, a line a value, by the line reader of Commons Configuration. */
final class StrictProperties {
    /** Each line copies the upper levels of the tree, so their number is bounded. */
    private static final int LINES = 2_000;

    private final Problems problems;
    private final Map<String, Mark> seen = new HashMap<>();
    private ImmutableNode root;

    private StrictProperties(Mark start, Problems problems) {
        this.problems = problems;
        root = ValueNode.of(new Value.Mapping(Map.of(), start));
    }

    static Value read(String text, Mark start, Problems problems) {
        StrictProperties properties = new StrictProperties(start, problems);
        try (var reader = new PropertiesConfiguration.PropertiesReader(new StringReader(text))) {
            while (reader.nextProperty()) {
                if (properties.seen.size() >= LINES) {
                    problems.add(start, "", "there are more than " + LINES + " lines");
                    return new Value.Refused(start);
                }
                Mark mark = start.down(Math.max(0, reader.getLineNumber() - 1));
                properties.add(reader.getPropertyName(), reader.getPropertyValue(), mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can be read", e);
        } catch (IllegalArgumentException e) {
            problems.add(start, "", "cannot be read as properties: " + Shown.of(String.valueOf(e.getMessage())));
            return new Value.Refused(start);
        }
        return ValueNode.toValue(properties.root, "", properties::list);
    }

    private void add(String key, String written, Mark mark) {
        try {
            DefinitionPath path = DefinitionPath.of(key);
            Mark first = seen.putIfAbsent(path.toString(), mark);
            if (first != null) {
                problems.add(
                        mark, path.toString(), "stands here for the second time; the first is on line " + first.line());
                return;
            }
            Value value = InlineValue.read(written, mark, path.toString(), problems);
            root = new LayerCombiner(problems).combine(ValueNode.at(path, value), root);
        } catch (IllegalArgumentException e) {
            problems.add(mark, Shown.of(key), e.getMessage());
        }
    }

    /** Makes a list of items given one by one. */
    private Value list(ImmutableNode items, String path) {
        Map<String, ImmutableNode> byIndex = ValueNode.childrenByName(items);
        List<Value> list = new ArrayList<>();
        for (int i = 0; i < byIndex.size(); i++) {
            ImmutableNode item = byIndex.get(Integer.toString(i));
            String itemPath = path + "[" + i + "]";
            if (item == null) {
                problems.add(ValueNode.mark(items), itemPath, "is missing, while later items of the list are there");
                return new Value.Refused(ValueNode.mark(items));
            }
            list.add(ValueNode.toValue(item, itemPath, this::list));
        }
        return new Value.Sequence(list, ValueNode.mark(items));
    }
}
