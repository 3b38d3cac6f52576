package dev.nurture.config;

import dev.nurture.config.ValueNode.Form;
import java.util.List;
import java.util.Map;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.NodeCombiner;

/**
 * Lays one definition over another: mappings merge, lists and scalars replace. A mapping that names another {@code type}
 * replaces the one below, for a parameter belongs to its type; a word where a part may stand counts as {@code {type:
 * word}}. Numbered items change those of the list below.
 */
final class LayerCombiner extends NodeCombiner {
    private static final String TYPE = "type";

    private final Problems problems;

    LayerCombiner(Problems problems) {
        this.problems = problems;
    }

    @Override
    public ImmutableNode combine(ImmutableNode upper, ImmutableNode lower) {
        return combine(upper, lower, "");
    }

    private ImmutableNode combine(ImmutableNode upper, ImmutableNode lower, String path) {
        if (ValueNode.isWhole(upper)) {
            return upper;
        }
        Form form = ValueNode.form(upper);
        if (lower.getValue() instanceof Value.Refused && form != null && form != Form.SEQUENCE) {
            return lower;
        }
        if (form == Form.ITEMS) {
            return items(upper, lower, path);
        }
        if (form == Form.SEQUENCE) {
            return ValueNode.whole(upper);
        }
        String upperType = type(upper);
        String lowerType = type(lower);
        boolean another = upperType != null && lowerType != null && !upperType.equals(lowerType);
        ImmutableNode over = asMapping(upper);
        ImmutableNode under = asMapping(lower);
        if (over == null || under == null || another) {
            return ValueNode.whole(upper);
        }
        if (form == null && ValueNode.form(lower) == null) {
            return upper;
        }
        return merge(over, under, Form.MAPPING, path);
    }

    private ImmutableNode items(ImmutableNode upper, ImmutableNode lower, String path) {
        Form below = ValueNode.form(lower);
        if (below == Form.ITEMS) {
            return merge(upper, lower, Form.ITEMS, path);
        }
        if (below != Form.SEQUENCE) {
            problems.add(ValueNode.mark(upper), path, "is not a list, so it has no items to change");
            return lower;
        }
        Map<String, ImmutableNode> children = ValueNode.childrenByName(lower);
        int size = children.size();
        for (ImmutableNode item : upper) {
            String index = item.getNodeName();
            ImmutableNode changed = children.get(index);
            String itemPath = path + "[" + index + "]";
            if (changed == null) {
                String has =
                        size == 0 ? "the list is empty" : "the list has " + size + (size == 1 ? " item" : " items");
                problems.add(ValueNode.mark(item), itemPath, has + (size == 0 ? "" : ", counted from 0"));
            } else {
                children.put(index, combine(item, changed, itemPath));
            }
        }
        return layered(upper, lower, Form.SEQUENCE, children);
    }

    private ImmutableNode merge(ImmutableNode upper, ImmutableNode lower, Form form, String path) {
        Map<String, ImmutableNode> children = ValueNode.childrenByName(lower);
        for (ImmutableNode child : upper) {
            String name = child.getNodeName();
            String childPath = form == Form.ITEMS ? path + "[" + name + "]" : DefinitionPath.join(path, name);
            children.merge(name, child, (below, above) -> combine(above, below, childPath));
        }
        return layered(upper, lower, form, children);
    }

    private static ImmutableNode layered(
            ImmutableNode upper, ImmutableNode lower, Form form, Map<String, ImmutableNode> children) {
        // What is missing in a mapping of a file is missing there, whatever an override adds to it.
        ImmutableNode marks = ValueNode.mark(upper).line() == 0 ? lower : upper;
        return ValueNode.of(
                upper.getNodeName(), form, children.values(), ValueNode.mark(marks), ValueNode.keyMark(marks));
    }

    /** Returns the word after {@code type}, or the word that stands for a whole part; null when there is none. */
    private static String type(ImmutableNode node) {
        if (ValueNode.form(node) == null) {
            return word(node.getValue());
        }
        List<ImmutableNode> types = node.getChildren(TYPE);
        return types.isEmpty() ? null : word(types.get(0).getValue());
    }

    private static String word(Object value) {
        boolean word = value instanceof Value.Scalar scalar && !PlainScalar.meansSomethingElse(scalar.text());
        return word ? ((Value.Scalar) value).text() : null;
    }

    /** Returns a mapping, if need be made from a word; null when it is neither. */
    private static ImmutableNode asMapping(ImmutableNode node) {
        if (ValueNode.form(node) == Form.MAPPING) {
            return node;
        }
        if (ValueNode.form(node) != null || word(node.getValue()) == null) {
            return null;
        }
        Mark mark = ValueNode.keyMark(node);
        return ValueNode.of(node.getNodeName(), Form.MAPPING, List.of(node.setName(TYPE)), mark, mark);
    }
}
