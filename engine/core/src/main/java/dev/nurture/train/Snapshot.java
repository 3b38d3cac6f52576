package dev.nurture.train;

import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.HexBits;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns the state of an experiment into a checkpoint and back. Tensors are called as the variables are; the slots of the
 * optimizer {@code optimizer.<slot>.<variable>}.
 */
final class Snapshot {
    private Snapshot() {}

    /** Returns a checkpoint that shares the arrays of the experiment; to be written before the next step. */
    static Checkpoint of(
            VariableStore network,
            VariableStore preprocessing,
            WeightUpdate update,
            Trainer.State state,
            Map<String, String> more) {
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        addState(network, tensors);
        addState(preprocessing, tensors);
        eachSlot(network, update, (name, shape, values) -> tensors.put(name, new Checkpoint.Tensor(shape, values)));
        Map<String, String> metadata = new TreeMap<>(more);
        metadata.put("epoch", Integer.toString(state.epochs()));
        metadata.put("cursor", Integer.toString(state.cursor()));
        metadata.put("cursor_loss_sum", HexBits.of(state.lossSum()));
        metadata.put("cursor_right", Long.toString(state.right()));
        metadata.put("initial_loss", HexBits.of(state.initialLoss()));
        metadata.put("best", HexBits.of(state.best()));
        metadata.put("best_epoch", Integer.toString(state.bestEpoch()));
        metadata.put(
                "evaluated_losses",
                Arrays.stream(state.losses()).mapToObj(HexBits::of).collect(Collectors.joining(",")));
        return new Checkpoint(state.step(), metadata, tensors);
    }

    /**
     * Returns where training stood.
     *
     * @throws IllegalArgumentException naming the entry of the metadata that is missing or wrong
     */
    static Trainer.State state(Checkpoint checkpoint) {
        String losses = checkpoint.metadata("evaluated_losses");
        return new Trainer.State(
                checkpoint.step(),
                Integer.parseInt(checkpoint.metadata("epoch")),
                Integer.parseInt(checkpoint.metadata("cursor")),
                HexBits.toDouble(checkpoint.metadata("cursor_loss_sum")),
                Long.parseLong(checkpoint.metadata("cursor_right")),
                HexBits.toDouble(checkpoint.metadata("initial_loss")),
                HexBits.toDouble(checkpoint.metadata("best")),
                Integer.parseInt(checkpoint.metadata("best_epoch")),
                losses.isEmpty()
                        ? new double[0]
                        : Arrays.stream(losses.split(","))
                                .mapToDouble(HexBits::toDouble)
                                .toArray());
    }

    private static void addState(VariableStore variables, Map<String, Checkpoint.Tensor> tensors) {
        for (Parameter parameter : variables.parameters()) {
            tensors.put(
                    parameter.name(),
                    new Checkpoint.Tensor(
                            parameter.variable().shape(), parameter.variable().value()));
        }
        for (VariableStore.Buffer buffer : variables.buffers()) {
            tensors.put(buffer.name(), new Checkpoint.Tensor(buffer.shape(), buffer.value()));
        }
    }

    /**
     * Puts the weights and buffers of a checkpoint in place.
     *
     * @throws IllegalArgumentException naming the first tensor that is missing or has another shape
     */
    static void restore(Checkpoint checkpoint, VariableStore variables) {
        for (Parameter parameter : variables.parameters()) {
            copy(
                    checkpoint,
                    parameter.name(),
                    parameter.variable().shape(),
                    parameter.variable().value());
        }
        for (VariableStore.Buffer buffer : variables.buffers()) {
            copy(checkpoint, buffer.name(), buffer.shape(), buffer.value());
        }
    }

    /**
     * Puts the slots of the optimizer in place.
     *
     * @throws IllegalArgumentException naming the first tensor that is missing or has another shape
     */
    static void restore(Checkpoint checkpoint, VariableStore network, WeightUpdate update) {
        eachSlot(network, update, (name, shape, values) -> copy(checkpoint, name, shape, values));
    }

    /** Takes a tensor by its name in checkpoints. */
    private interface TensorVisitor {
        void visit(String name, Shape shape, float[] values);
    }

    private static void eachSlot(VariableStore network, WeightUpdate update, TensorVisitor visitor) {
        List<String> slotNames = update.rule().slotNames();
        for (int slot = 0; slot < slotNames.size(); slot++) {
            for (int i = 0; i < network.parameters().size(); i++) {
                Parameter parameter = network.parameters().get(i);
                visitor.visit(
                        "optimizer." + slotNames.get(slot) + "." + parameter.name(),
                        parameter.variable().shape(),
                        update.slots(i)[slot]);
            }
        }
    }

    private static void copy(Checkpoint checkpoint, String name, Shape shape, float[] value) {
        Checkpoint.Tensor tensor = checkpoint.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the checkpoint has no tensor '" + name + "'");
        }
        if (!tensor.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' is " + tensor.shape() + " in the checkpoint, " + shape + " in the network");
        }
        System.arraycopy(tensor.values(), 0, value, 0, value.length);
    }
}
