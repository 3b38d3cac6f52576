package dev.nurture.model;

import dev.nurture.plugin.Origin;
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
    private final GuardedStage[] guarded;
    private final VariableStore variables;
    private final Activity activity;

    /**
     * A layer as it stands in the network: what it reads and writes.
     *
     * @param path where it stands in the definition
     * @param y a batch of outputs and {@link GuardCells}
     * @param dy the gradient with respect to {@code y}, likewise
     */
    public record Stage(
            String name, String path, Layer layer, Origin origin, Shape input, Shape output, float[] y, float[] dy) {
        /** Returns layer and plugin, as messages name them. */
        public String description() {
            return origin.describe("layer " + name);
        }
    }

    /** A layer before it is built, whose it is, and where it stands in the definition. */
    public record Blueprint(String type, String path, Layer layer, Origin origin) {
        /** Takes the plugin that the layer's class comes from. */
        public Blueprint(String type, String path, Layer layer) {
            this(type, path, layer, Origin.of(layer));
        }
    }

    private Network(Shape input, List<Stage> stages, VariableStore variables) {
        this.input = input;
        this.stages = List.copyOf(stages);
        this.variables = variables;
        activity = new Activity(variables.workers());
        guarded = new GuardedStage[stages.size()];
        for (int i = 0; i < guarded.length; i++) {
            Stage stage = stages.get(i);
            List<Parameter> own = variables.parameters(stage.name());
            guarded[i] = new GuardedStage(stage, i, i == 0 ? null : guarded[i - 1], own, activity);
        }
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
                int size = Math.addExact(Math.multiplyExact(variables.capacity(), output.size()), GuardCells.COUNT);
                float[] y = new float[size];
                float[] dy = new float[size];
                stages.add(
                        new Stage(name, blueprint.path(), blueprint.layer(), blueprint.origin(), shape, output, y, dy));
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
            throw PluginException.in("building layer " + name, e, blueprint.origin());
        }
        if (output == null) {
            throw new IllegalArgumentException("gives no shape (" + blueprint.origin() + ")");
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

    /** Returns what is being done with it. */
    public Activity activity() {
        return activity;
    }

    /** Tells whether nobody has written behind the batch, of the outputs and their gradient. */
    public boolean outputsIntact() {
        return guarded[guarded.length - 1].intact();
    }

    /**
     * Computes the outputs of a batch.
     *
     * @throws PluginException if a layer's plugin fails or breaks its contract
     */
    public float[] forward(float[] x, int batch, Pass pass) {
        return forward(x, batch, pass, false);
    }

    /**
     * Computes the outputs of a batch.
     *
     * @param watched whether to look more closely at what the layers do; the outputs are the same
     * @throws PluginException if a layer's plugin fails or breaks its contract
     */
    public float[] forward(float[] x, int batch, Pass pass, boolean watched) {
        for (GuardedStage next : guarded) {
            next.guard(batch);
        }
        float[] in = x;
        for (GuardedStage next : guarded) {
            next.forward(in, batch, pass, watched);
            in = next.stage().y();
        }
        return in;
    }

    /**
     * Computes the gradient of every variable from the gradient of the outputs, for the batch that went forward last.
     *
     * @throws PluginException if a layer's plugin fails or breaks its contract
     */
    public void backward(float[] x, int batch, Pass pass) {
        backward(x, batch, pass, false);
    }

    /**
     * Computes the gradient of every variable from the gradient of the outputs, for the batch that went forward last.
     *
     * @param watched as in {@link #forward(float[], int, Pass, boolean)}
     * @throws PluginException if a layer's plugin fails or breaks its contract
     */
    public void backward(float[] x, int batch, Pass pass, boolean watched) {
        for (int i = guarded.length - 1; i >= 0; i--) {
            Stage before = i == 0 ? null : stages.get(i - 1);
            float[] in = before == null ? x : before.y();
            float[] dx = before == null ? null : before.dy();
            guarded[i].backward(in, dx, batch, pass, watched);
        }
    }
}
