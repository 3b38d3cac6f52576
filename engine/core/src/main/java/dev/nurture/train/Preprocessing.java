package dev.nurture.train;

import dev.nurture.model.BuildException;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps between the raw rows and the network. Whatever is not random is done once, before training; from the first
 * augmentation on, the steps are done anew for each training batch.
 */
public final class Preprocessing {
    private final List<Step> steps;
    private final int augmentedFrom;
    private final Shape output;
    private final VariableStore variables;

    private record Step(String path, Preprocessor preprocessor, Shape output, float[] y) {}

    /** A step before it is built, and where it stands in the definition. */
    public record Blueprint(String type, String path, Preprocessor preprocessor) {}

    private Preprocessing(List<Step> steps, Shape output, VariableStore variables) {
        this.steps = steps;
        this.output = output;
        this.variables = variables;
        int first = 0;
        while (first < steps.size() && !steps.get(first).preprocessor.augmentation()) {
            first++;
        }
        this.augmentedFrom = first;
    }

    /**
     * Builds the steps.
     *
     * @throws BuildException if one cannot take the shape that the one before it gives
     */
    public static Preprocessing build(Shape input, List<Blueprint> blueprints, VariableStore variables) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        Shape shape = input;
        for (Blueprint blueprint : blueprints) {
            String name = "preprocess." + blueprint.type() + "_" + numbers.merge(blueprint.type(), 1, Integer::sum);
            try {
                shape = blueprint.preprocessor().build(shape, variables.scope(name));
                int size = Math.multiplyExact(variables.capacity(), shape.size());
                steps.add(new Step(blueprint.path(), blueprint.preprocessor(), shape, new float[size]));
            } catch (IllegalArgumentException e) {
                throw new BuildException(blueprint.path(), e.getMessage());
            } catch (ArithmeticException e) {
                throw new BuildException(
                        blueprint.path(), "a batch of " + variables.capacity() + " of its rows is too large");
            } catch (Throwable e) {
                throw PluginException.in("building " + name, e);
            }
        }
        return new Preprocessing(steps, shape, variables);
    }

    /** Returns the shape of the rows that the network gets. */
    public Shape output() {
        return output;
    }

    /** Returns what the steps have learned. */
    public VariableStore variables() {
        return variables;
    }

    /**
     * Fits every step on the training rows, and returns these rows as far as they can be prepared once for all.
     *
     * @param train overwritten where the shape allows
     * @throws BuildException if a step cannot work with these rows
     */
    public Dataset fit(Dataset train, NetworkPass pass) {
        Dataset rows = train;
        Dataset prepared = train;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.preprocessor.augmentation()) {
                continue;
            }
            try {
                step.preprocessor.fit(rows);
                // The rows for the steps behind an augmentation must not spoil those that are kept for it.
                rows = apply(step, rows, pass, i < augmentedFrom);
            } catch (IllegalArgumentException e) {
                throw new BuildException(step.path, e.getMessage());
            } catch (Throwable e) {
                throw PluginException.in(step.path, e);
            }
            if (i < augmentedFrom) {
                prepared = rows;
            }
        }
        return prepared;
    }

    /** Returns the training rows as far as they can be prepared once for all, by steps fitted before. */
    public Dataset prepareTraining(Dataset train, NetworkPass pass) {
        return apply(train, augmentedFrom, pass);
    }

    /** Returns rows for evaluation, all steps done but augmentation. */
    public Dataset prepare(Dataset raw, NetworkPass pass) {
        return apply(raw, steps.size(), pass);
    }

    private Dataset apply(Dataset raw, int end, NetworkPass pass) {
        Dataset rows = raw;
        for (Step step : steps.subList(0, end)) {
            if (!step.preprocessor.augmentation()) {
                rows = apply(step, rows, pass, true);
            }
        }
        return rows;
    }

    private Dataset apply(Step step, Dataset rows, NetworkPass pass, boolean overwrite) {
        int in = rows.shape().size();
        int out = step.output.size();
        int capacity = variables.capacity();
        float[] x = new float[capacity * in];
        float[] result = overwrite && in == out ? rows.x() : new float[Math.multiplyExact(rows.rows(), out)];
        for (int from = 0; from < rows.rows(); from += capacity) {
            int count = Math.min(capacity, rows.rows() - from);
            System.arraycopy(rows.x(), from * in, x, 0, count * in);
            step.preprocessor.apply(x, step.y, count, pass.evaluation());
            System.arraycopy(step.y, 0, result, from * out, count * out);
        }
        return new Dataset(step.output, result, rows.labels(), rows.values(), rows.width(), rows.classNames());
    }

    /** Does for a training batch the steps that are left, and returns the array that holds it then. */
    float[] augment(float[] x, int batch, Pass pass) {
        float[] rows = x;
        for (int i = augmentedFrom; i < steps.size(); i++) {
            Step step = steps.get(i);
            step.preprocessor.apply(rows, step.y, batch, pass);
            rows = step.y;
        }
        return rows;
    }
}
