package dev.nurture.model;

import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers one after the other, with the memory for their outputs and gradients. Used by one training thread.
 *
 * <p>A layer is called by its type and its number among those of its type, {@code conv2d_2}, so that adding a layer of
 * another type renames nothing and so changes nobody's random stream.
 */
public final class Network {
    private final Shape input;
    private final List<Stage> stages;
    private final VariableStore variables;

    /** A layer as it stands in the network: what it reads and writes. */
    public record Stage(String name, Layer layer, Shape input, Shape output, float[] y, float[] dy) {}

    /** A layer before it is built, and where it stands in the definition. */
    public record Blueprint(String type, String path, Layer layer) {}

    private Network(Shape input, List<Stage> stages, VariableStore variables) {
        this.input = input;
        this.stages = List.copyOf(stages);
        this.variables = variables;
    }

    /**
     * Builds the layers and initialises their weights.
     *
     * @throws BuildException if a layer cannot take the shape that the one before it gives
     */
    public static Network build(Shape input, List<Blueprint> blueprints, VariableStore variables) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        Shape shape = input;
        for (Blueprint blueprint : blueprints) {
            String name = blueprint.type() + "_" + numbers.merge(blueprint.type(), 1, Integer::sum);
            if (blueprint.layer().identity()) {
                continue;
            }
            try {
                Shape output = built(blueprint, name, shape, variables);
                int size = Math.multiplyExact(variables.capacity(), output.size());
                stages.add(new Stage(name, blueprint.layer(), shape, output, new float[size], new float[size]));
                shape = output;
            } catch (IllegalArgumentException e) {
                throw new BuildException(blueprint.path(), e.getMessage());
            } catch (ArithmeticException e) {
                throw new BuildException(
                        blueprint.path(), "a batch of " + variables.capacity() + " of its outputs is too large");
            }
        }
        if (stages.isEmpty()) {
            throw new BuildException("model", "no layer is left that does anything");
        }
        variables.initialize();
        return new Network(input, stages, variables);
    }

    private static Shape built(Blueprint blueprint, String name, Shape input, VariableStore variables) {
        Shape output;
        try {
            output = blueprint.layer().build(input, variables.scope(name));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw e;
        } catch (Throwable e) {
            throw PluginException.in("building layer " + name, e);
        }
        if (output == null) {
            throw new IllegalArgumentException(
                    "gives no shape (plugin " + PluginException.pluginOf(blueprint.layer()) + ")");
        }
        return output;
    }

    public Shape input() {
        return input;
    }

    public Shape output() {
        return last().output();
    }

    public List<Stage> stages() {
        return stages;
    }

    public VariableStore variables() {
        return variables;
    }

    /** Returns the array of the last layer's outputs, as {@link #forward} leaves them. */
    public float[] outputs() {
        return last().y();
    }

    /** Returns the array that the loss writes its gradient into. */
    public float[] outputGradients() {
        return last().dy();
    }

    private Stage last() {
        return stages.get(stages.size() - 1);
    }

    /**
     * Computes the outputs of a batch.
     *
     * @throws PluginException if a layer's plugin fails
     */
    public float[] forward(float[] x, int batch, Pass pass) {
        float[] in = x;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            try {
                stage.layer().forward(in, stage.y(), batch, pass);
            } catch (Throwable e) {
                throw PluginException.in("forward pass of layer " + stage.name(), e);
            }
            in = stage.y();
        }
        return in;
    }

    /**
     * Computes the gradient of every variable from the gradient of the outputs, for the batch that went forward last.
     *
     * @throws PluginException if a layer's plugin fails
     */
    public void backward(float[] x, int batch, Pass pass) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            float[] in = i == 0 ? x : stages.get(i - 1).y();
            float[] dx = i == 0 ? null : stages.get(i - 1).dy();
            try {
                stage.layer().backward(in, stage.y(), stage.dy(), dx, batch, pass);
            } catch (Throwable e) {
                throw PluginException.in("backward pass of layer " + stage.name(), e);
            }
        }
    }
}
