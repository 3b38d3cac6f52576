package dev.nurture.train;

import dev.nurture.config.Definition;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A second network after the same definition, with the same first weights, an optimizer of its own and the experiment's
 * workers. Shares no state with the experiment.
 */
final class ExperimentCopy implements Rehearsal {
    private final Network network;
    private final LossFunction loss;
    private final WeightUpdate update;
    private final NetworkPass pass;
    private final Evaluator evaluator;
    private final List<LayerView> layers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<float[], float[]> first = new IdentityHashMap<>();
    private final Consumer<ExperimentCopy> closed;
    private long step = 1;
    private long updates;
    private float[] x;
    private int rows;

    /**
     * Builds the network and gives it its first weights.
     *
     * @param input the shape of the rows that it gets
     * @param capacity the greatest number of examples in a batch
     * @param closed takes the copy when nobody uses it any more
     */
    ExperimentCopy(Definition definition, Shape input, int capacity, Compute compute, Consumer<ExperimentCopy> closed) {
        this.closed = closed;
        VariableStore variables = new VariableStore(definition.seed(), capacity, compute.workers());
        network = Network.build(input, DefinedParts.layers(definition), variables);
        loss = new LossFunction(
                definition.loss().create(Loss.class),
                definition.loss().name(),
                definition.loss().origin(),
                network);
        update = DefinedParts.update(definition, DefinedParts.rule(definition), network, compute);
        pass = new NetworkPass(compute, definition.seed());
        evaluator = new Evaluator(network, loss, pass);
        List<Limits> limits = ActivationLimits.of(definition, network, compute);
        for (Network.Stage stage : network.stages()) {
            layers.add(new LayerView(
                    stage.name(), stage.path(), stage.output(), stage.y(), stage.dy(), limits.get(layers.size())));
            for (Parameter parameter : network.variables().parameters(stage.name())) {
                tensors.add(new Tensor(
                        parameter.name(),
                        stage.name(),
                        parameter.regularized(),
                        parameter.variable().shape(),
                        parameter.variable().value(),
                        parameter.variable().gradient()));
            }
        }
        variables
                .parameters()
                .forEach(parameter -> remember(parameter.variable().value()));
        variables.buffers().forEach(buffer -> remember(buffer.value()));
        for (int i = 0; i < variables.parameters().size(); i++) {
            for (float[] slot : update.slots(i)) {
                remember(slot);
            }
        }
    }

    private void remember(float[] values) {
        first.put(values, values.clone());
    }

    /** Goes back to before the first step. */
    void reset() {
        first.forEach((values, before) -> System.arraycopy(before, 0, values, 0, values.length));
        step = 1;
        updates = 0;
    }

    @Override
    public List<LayerView> layers() {
        return List.copyOf(layers);
    }

    @Override
    public List<Tensor> tensors() {
        return List.copyOf(tensors);
    }

    @Override
    public int capacity() {
        return network.variables().capacity();
    }

    @Override
    public double forward(Dataset data, boolean training) {
        int size = data.shape().size();
        double sum = 0;
        for (int from = 0; from < data.rows(); from += capacity()) {
            rows = Math.min(capacity(), data.rows() - from);
            x = Arrays.copyOfRange(data.x(), from * size, (from + rows) * size);
            if (training) {
                pass.training(0, step);
            } else {
                pass.evaluation();
            }
            network.forward(x, rows, pass);
            Targets targets = data.classification()
                    ? Targets.classes(Arrays.copyOfRange(data.labels(), from, from + rows))
                    : Targets.values(
                            Arrays.copyOfRange(data.values(), from * data.width(), (from + rows) * data.width()));
            sum += (training ? loss.evaluate(targets, rows, false) : loss.evaluate(targets, rows)) * rows;
        }
        return sum / data.rows();
    }

    @Override
    public void backward() {
        network.backward(x, rows, pass);
    }

    @Override
    public double addPenalty() {
        return update.addPenalty();
    }

    @Override
    public void update(double learningRate) {
        update.clip();
        update.apply(++updates, (float) learningRate, false);
    }

    @Override
    public float[] outputs() {
        return network.outputs();
    }

    @Override
    public double accuracy(Dataset data) {
        return evaluator.evaluate(data).accuracy();
    }

    @Override
    public void step(long number) {
        step = number;
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
