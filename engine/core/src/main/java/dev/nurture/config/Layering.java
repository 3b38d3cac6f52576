package dev.nurture.config;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Lays a definition over those it extends, and what the command line says over all, as {@link LayerCombiner} does.
 *
 * <p>Commons Configuration's {@code CombinedConfiguration} applies a node combiner to its layers just so; it is not used
 * because its events, logging and interpolation take 0.1 s of every start.
 */
final class Layering {
    private final Problems problems;
    private final List<ImmutableNode> layers = new ArrayList<>();

    Layering(Problems problems) {
        this.problems = problems;
    }

    /** Adds a definition below the layers so far. */
    void below(Value definition) {
        layers.add(ValueNode.of(definition));
    }

    /** Adds {@code path=value} above the layers so far. */
    void above(String override) {
        int equals = endOfKey(override);
        if (equals < 0) {
            problems.add(Mark.ON_COMMAND_LINE, "", Shown.quoted(override) + " is not of the form key=value");
            return;
        }
        String key = override.substring(0, equals);
        String written = override.substring(equals + 1);
        if (key.strip().equals(DefinitionFiles.EXTENDS)) {
            problems.add(Mark.ON_COMMAND_LINE, DefinitionFiles.EXTENDS, "can stand in a file only");
            return;
        }
        try {
            DefinitionPath path = DefinitionPath.of(key.strip());
            Value value = InlineValue.read(written, Mark.ON_COMMAND_LINE, path.toString(), problems);
            layers.add(0, ValueNode.at(path, value));
        } catch (IllegalArgumentException e) {
            problems.add(Mark.ON_COMMAND_LINE, Shown.of(key), e.getMessage());
        }
    }

    private static int endOfKey(String override) {
        char quote = 0;
        for (int i = 0; i < override.length(); i++) {
            char c = override.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '=') {
                return i;
            }
        }
        return -1;
    }

    /** Returns all layers as one. */
    Value combined() {
        LayerCombiner combiner = new LayerCombiner(problems);
        ImmutableNode root = layers.get(0);
        for (ImmutableNode layer : layers.subList(1, layers.size())) {
            root = combiner.combine(root, layer);
        }
        return ValueNode.toValue(root, "", (items, path) -> {
            problems.add(ValueNode.mark(items), path, "there is no such list whose items could be changed");
            return new Value.Refused(ValueNode.mark(items));
        });
    }
}
