package dev.nurture.train;

import dev.nurture.model.Network;
import dev.nurture.model.Parameter;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.StepStatistics;
import dev.nurture.spi.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks into the network at a step: what its layers gave, what came back, what the step changed. Reads only, so that
 * training is the same with and without it. Used by the training thread, which lets its workers do the sums.
 */
final class StepProbe {
    /** Of a larger layer no more values are looked at, in whole rows: enough for a deviation to half a percent. */
    private static final int MOST_VALUES = 262_144;

    private final List<Network.Stage> stages;
    private final List<Parameter> parameters;
    private final List<String> layerOf;
    private final Compute compute;
    private final Moments[] outputs;
    private final Moments[] outputGradients;
    private final UnitActivity[] units;
    private final Moments[] weights;
    private final Moments[] gradients;
    private final Moments[] changes;
    private final float[][] before;
    private final Tile lookAtLayer = this::lookAtLayer;
    private final Tile lookAtTensor = this::lookAtTensor;
    private final Tile lookAtChange = this::lookAtChange;
    private int rows;

    /** @param limits of the activation that each stage ends with */
    StepProbe(Network network, List<Rehearsal.Limits> limits, Compute compute) {
        this.compute = compute;
        stages = network.stages();
        parameters = network.variables().parameters();
        layerOf =
                parameters.stream().map(parameter -> layerOf(parameter, stages)).toList();
        outputs = moments(stages.size());
        outputGradients = moments(stages.size());
        units = new UnitActivity[stages.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = new UnitActivity(stages.get(i).output(), limits.get(i));
        }
        weights = moments(parameters.size());
        gradients = moments(parameters.size());
        changes = moments(parameters.size());
        before = new float[parameters.size()][];
        for (int i = 0; i < before.length; i++) {
            before[i] = new float[parameters.get(i).size()];
        }
    }

    private static String layerOf(Parameter parameter, List<Network.Stage> stages) {
        return stages.stream()
                .map(Network.Stage::name)
                .filter(name -> parameter.name().startsWith(name + "."))
                .findFirst()
                .orElseThrow();
    }

    private static Moments[] moments(int count) {
        Moments[] moments = new Moments[count];
        for (int i = 0; i < count; i++) {
            moments[i] = new Moments();
        }
        return moments;
    }

    /** Looks at what the passes left, between the backward pass and the update. */
    void beforeUpdate(int batch) {
        rows = batch;
        compute.run(stages.size(), lookAtLayer);
        compute.run(parameters.size(), lookAtTensor);
    }

    private void lookAtLayer(int index, int worker) {
        Network.Stage stage = stages.get(index);
        int size = stage.output().size();
        int some = Math.max(1, Math.min(rows, MOST_VALUES / size));
        outputs[index].reset();
        outputs[index].add(stage.y(), 0, some * size);
        outputGradients[index].reset();
        outputGradients[index].add(stage.dy(), 0, some * size);
        units[index].look(stage.y(), some);
    }

    private void lookAtTensor(int index, int worker) {
        Parameter parameter = parameters.get(index);
        float[] value = parameter.variable().value();
        weights[index].reset();
        weights[index].add(value, 0, value.length);
        gradients[index].reset();
        gradients[index].add(parameter.variable().gradient(), 0, value.length);
        System.arraycopy(value, 0, before[index], 0, value.length);
    }

    /** Returns the statistics of the step that was just taken. */
    StepStatistics afterUpdate(long step, int epoch, double learningRate, double loss) {
        compute.run(parameters.size(), lookAtChange);
        List<StepStatistics.LayerStatistics> layers = new ArrayList<>(stages.size());
        for (int i = 0; i < units.length; i++) {
            layers.add(new StepStatistics.LayerStatistics(
                    stages.get(i).name(),
                    stages.get(i).path(),
                    outputs[i].mean(),
                    outputs[i].std(),
                    units[i].saturated(),
                    units[i].dead(),
                    outputGradients[i].meanMagnitude() * rows));
        }
        List<StepStatistics.TensorStatistics> tensors = new ArrayList<>(parameters.size());
        double squares = 0;
        for (int i = 0; i < before.length; i++) {
            Parameter parameter = parameters.get(i);
            double norm = gradients[i].norm();
            squares += norm * norm;
            tensors.add(new StepStatistics.TensorStatistics(
                    parameter.name(),
                    layerOf.get(i),
                    parameter.regularized(),
                    weights[i].norm(),
                    norm,
                    gradients[i].meanMagnitude(),
                    changes[i].norm()));
        }
        return new StepStatistics(step, epoch, learningRate, loss, Math.sqrt(squares), layers, tensors);
    }

    private void lookAtChange(int index, int worker) {
        float[] value = parameters.get(index).variable().value();
        float[] change = before[index];
        for (int i = 0; i < change.length; i++) {
            change[i] = value[i] - change[i];
        }
        changes[index].reset();
        changes[index].add(change, 0, change.length);
    }
}
