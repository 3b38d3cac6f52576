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
    /** Of a larger layer no more values are summed, in whole rows: enough for a deviation to a third of a percent. */
    private static final int MOST_SUMMED = 65_536;

    /** Of a larger layer no more values are looked at for units that have left their limit, which is cheap. */
    private static final int MOST_LOOKED_AT = 262_144;

    private final List<Network.Stage> stages;
    private final Compute compute;
    private final Moments[] outputs;
    private final Moments[] outputGradients;
    private final UnitActivity[] units;
    private final TensorProbe tensors;
    private final Tile lookAtLayer = this::lookAtLayer;
    private int rows;
    private int mostSummed = MOST_SUMMED;
    private int mostLookedAt = MOST_LOOKED_AT;

    /** @param limits of the activation that each stage ends with */
    StepProbe(Network network, List<Rehearsal.Limits> limits, Compute compute) {
        this.compute = compute;
        stages = network.stages();
        outputs = moments(stages.size());
        outputGradients = moments(stages.size());
        units = new UnitActivity[stages.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = new UnitActivity(stages.get(i).output(), limits.get(i));
        }
        List<Parameter> parameters = network.variables().parameters();
        tensors = new TensorProbe(
                parameters,
                parameters.stream().map(parameter -> layerOf(parameter, stages)).toList(),
                compute);
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
        tensors.beforeUpdate();
    }

    /** Looks at all values of a batch, and not only at enough of them: of training that has but this batch. */
    void lookAtAll(int batch) {
        mostSummed = Integer.MAX_VALUE;
        mostLookedAt = Integer.MAX_VALUE;
        beforeUpdate(batch);
    }

    private void lookAtLayer(int index, int worker) {
        Network.Stage stage = stages.get(index);
        int size = stage.output().size();
        int some = Math.max(1, Math.min(rows, mostSummed / size));
        outputs[index].reset();
        outputs[index].add(stage.y(), 0, some * size);
        outputGradients[index].reset();
        outputGradients[index].add(stage.dy(), 0, some * size);
        units[index].look(stage.y(), Math.max(1, Math.min(rows, mostLookedAt / size)));
    }

    /** Returns the statistics of the step that was just taken. */
    StepStatistics afterUpdate(long step, int epoch, double learningRate, double loss) {
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
        List<StepStatistics.TensorStatistics> changed = tensors.afterUpdate();
        return new StepStatistics(step, epoch, learningRate, loss, tensors.gradientNorm(), layers, changed);
    }
}
