package dev.nurture.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Values as the nodes of Commons Configuration. A node's {@code form} says what it is, its {@code mark} and {@code at}
 * where the value and its key were written. Items of a list are children named by their index. A scalar is its node's
 * value.
 */
final class ValueNode {
    /** What a node with children is. */
    enum Form {
        MAPPING,
        SEQUENCE,
        /** Some items of a list that a layer below has. */
        ITEMS
    }

    private static final String FORM = "form";
    private static final String MARK = "mark";
    private static final String AT = "at";
    private static final String WHOLE = "whole";

    private ValueNode() {}

    static ImmutableNode of(Value value) {
        return of("", value, value.mark());
    }

    private static ImmutableNode of(String name, Value value, Mark at) {
        if (value instanceof Value.Mapping mapping) {
            List<ImmutableNode> children = new ArrayList<>();
            mapping.entries().forEach((key, entry) -> children.add(of(key, entry.value(), entry.mark())));
            return of(name, Form.MAPPING, children, mapping.mark(), at);
        }
        if (value instanceof Value.Sequence sequence) {
            List<ImmutableNode> children = new ArrayList<>();
            for (Value item : sequence.items()) {
                children.add(of(Integer.toString(children.size()), item, item.mark()));
            }
            return of(name, Form.SEQUENCE, children, sequence.mark(), at);
        }
        return new ImmutableNode.Builder()
                .name(name)
                .value(value)
                .addAttribute(AT, at)
                .create();
    }

    /** Returns a tree that holds a single value at a path. */
    static ImmutableNode at(DefinitionPath path, Value value) {
        Mark mark = value.mark();
        List<DefinitionPath.Step> steps = path.steps();
        ImmutableNode node = of(value).setAttribute(AT, mark);
        for (int i = steps.size() - 1; i >= 0; i--) {
            DefinitionPath.Step step = steps.get(i);
            boolean key = step.key() != null;
            ImmutableNode child = node.setName(key ? step.key() : Integer.toString(step.index()));
            node = of("", key ? Form.MAPPING : Form.ITEMS, List.of(child), mark, mark);
        }
        return node;
    }

    static ImmutableNode of(String name, Form form, Iterable<ImmutableNode> children, Mark mark, Mark at) {
        ImmutableNode.Builder builder = new ImmutableNode.Builder();
        children.forEach(builder::addChild);
        return builder.name(name)
                .addAttribute(FORM, form)
                .addAttribute(MARK, mark)
                .addAttribute(AT, at)
                .create();
    }

    /** Returns what a node with children is; null for a scalar. */
    static Form form(ImmutableNode node) {
        return (Form) node.getAttributes().get(FORM);
    }

    static Mark mark(ImmutableNode node) {
        return form(node) == null
                ? ((Value) node.getValue()).mark()
                : (Mark) node.getAttributes().get(MARK);
    }

    static Mark keyMark(ImmutableNode node) {
        return (Mark) node.getAttributes().get(AT);
    }

    /** Returns the node such that no layer below it shows through. */
    static ImmutableNode whole(ImmutableNode node) {
        return node.setAttribute(WHOLE, Boolean.TRUE);
    }

    static boolean isWhole(ImmutableNode node) {
        return node.getAttributes().containsKey(WHOLE);
    }

    static Map<String, ImmutableNode> childrenByName(ImmutableNode node) {
        Map<String, ImmutableNode> children = new LinkedHashMap<>();
        node.forEach(child -> children.put(child.getNodeName(), child));
        return children;
    }

    /** What becomes of {@link Form#ITEMS} that no list lies below. */
    interface Rest {
        Value value(ImmutableNode items, String path);
    }

    static Value toValue(ImmutableNode node, String path, Rest rest) {
        Form form = form(node);
        if (form == null) {
            return (Value) node.getValue();
        }
        if (form == Form.ITEMS) {
            return rest.value(node, path);
        }
        if (form == Form.SEQUENCE) {
            List<Value> items = new ArrayList<>();
            node.forEach(child -> items.add(toValue(child, path + "[" + items.size() + "]", rest)));
            return new Value.Sequence(items, mark(node));
        }
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        for (ImmutableNode child : node) {
            String key = child.getNodeName();
            Value value = toValue(child, DefinitionPath.join(path, key), rest);
            entries.put(key, new Value.Entry(keyMark(child), value));
        }
        return new Value.Mapping(entries, mark(node));
    }
}
