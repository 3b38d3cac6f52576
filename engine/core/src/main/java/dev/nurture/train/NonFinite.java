package dev.nurture.train;

import dev.nurture.model.Network;
import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import java.util.List;

/**
 * That a training has no meaning any more, and where that began.
 *
 * @param measure what was found not to be finite, such as {@code loss}
 * @param value of it
 * @param subject the tensor or layer where it began; the measure itself when that is not known
 * @param place the same in words, or null
 */
public record NonFinite(String measure, double value, String subject, String place) {
    /** Returns a sentence. */
    String message(long step) {
        return "the " + measure.replace('_', ' ') + " is not finite after step " + step
                + (place == null ? "" : "; the first value that is not is in " + place);
    }

    /**
     * Looks for where a value that is not finite came from.
     *
     * @param x what the network got, or null when that is not there any more
     * @param rows of it
     * @param optimizer that made the last step, as messages name it
     * @param last what is at fault when all that leads to the value is finite
     */
    static NonFinite find(
            String measure, double value, Network network, float[] x, int rows, String optimizer, String last) {
        if (x != null && !finite(x, rows * network.input().size())) {
            return new NonFinite(measure, value, "input", "the rows that the network gets, after preprocessing");
        }
        for (Network.Stage stage : network.stages()) {
            String tensor = tensor(network.variables(), stage.name() + ".");
            if (tensor != null) {
                return update(measure, value, network, tensor, optimizer);
            }
            if (!finite(
                    stage.y(),
                    x == null ? stage.y().length : rows * stage.output().size())) {
                return new NonFinite(measure, value, stage.name(), "the output of " + stage.description());
            }
        }
        return new NonFinite(measure, value, measure, last);
    }

    /** Returns the name of the first tensor that is not finite, or null. */
    static String tensor(VariableStore variables, String prefix) {
        for (Parameter parameter : variables.parameters()) {
            if (parameter.name().startsWith(prefix)
                    && !finite(parameter.variable().value(), parameter.size())) {
                return parameter.name();
            }
        }
        for (VariableStore.Buffer buffer : variables.buffers()) {
            if (buffer.name().startsWith(prefix) && !finite(buffer.value(), buffer.value().length)) {
                return buffer.name();
            }
        }
        return null;
    }

    /** Goes the way of the last backward pass, whose gradients are still there but for the loss's own. */
    private static NonFinite update(String measure, double value, Network network, String tensor, String optimizer) {
        List<Network.Stage> stages = network.stages();
        for (int i = stages.size() - 1; i > 0; i--) {
            float[] dx = stages.get(i - 1).dy();
            if (!finite(dx, dx.length)) {
                String place =
                        "the gradient that comes back from " + stages.get(i).description();
                return new NonFinite(measure, value, stages.get(i).name(), place);
            }
        }
        for (Network.Stage stage : stages) {
            for (Parameter parameter : network.variables().parameters()) {
                if (parameter.name().startsWith(stage.name() + ".")
                        && !finite(parameter.variable().gradient(), parameter.size())) {
                    String place = "the gradient of " + parameter.name() + " that comes from " + stage.description();
                    return new NonFinite(measure, value, parameter.name(), place);
                }
            }
        }
        boolean trained = network.variables().parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(tensor));
        String cause = trained ? optimizer : layer(network, tensor);
        return new NonFinite(measure, value, tensor, tensor + ", as " + cause + " left it");
    }

    /** Returns the layer that a buffer belongs to. */
    private static String layer(Network network, String buffer) {
        return network.stages().stream()
                .filter(stage -> buffer.startsWith(stage.name() + "."))
                .findFirst()
                .orElseThrow()
                .description();
    }

    private static boolean finite(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
