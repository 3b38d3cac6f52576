package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.model.BuildException;
import dev.nurture.model.Checksum;
import dev.nurture.model.GuardCells;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.Unwritten;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.Origin;
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

    /** Checksums of what the steps have learned, by name. */
    private final Map<String, Long> fitted = new HashMap<>();

    /**
     * A step, and what it writes.
     *
     * @param y a batch of rows and {@link GuardCells}
     */
    private record Step(
            String path,
            Preprocessor preprocessor,
            Origin origin,
            Activity.Work work,
            Shape output,
            float[] y,
            GuardCells guard) {
        Step(Blueprint blueprint, int number, Shape output, float[] y) {
            this(
                    blueprint.path,
                    blueprint.preprocessor,
                    blueprint.origin,
                    new Activity.Work(blueprint.path + " '" + blueprint.type + "'", blueprint.path),
                    output,
                    y,
                    new GuardCells(y, number));
        }

        /** Does it for a batch, and sees that it keeps to its contract. */
        void apply(float[] x, int batch, Pass pass, boolean watched) {
            int count = batch * output.size();
            guard.set(count);
            if (watched) {
                Unwritten.mark(y, count);
            }
            try {
                preprocessor.apply(x, y, batch, pass);
            } catch (Throwable e) {
                throw PluginException.in(work.what(), e, origin);
            }
            if (!guard.intact()) {
                throw PluginException.breach(origin, "wrote beyond its range", work.what());
            }
            int unwritten = watched ? Unwritten.count(y, count) : 0;
            if (unwritten > 0) {
                String did = "left " + unwritten + " of the " + count + " values of its rows unwritten";
                throw PluginException.breach(origin, did, work.what());
            }
        }
    }

    /** A step before it is built, whose it is, and where it stands in the definition. */
    public record Blueprint(String type, String path, Preprocessor preprocessor, Origin origin) {
        /** Takes the plugin that the preprocessor's class comes from. */
        public Blueprint(String type, String path, Preprocessor preprocessor) {
            this(type, path, preprocessor, Origin.of(preprocessor));
        }
    }

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
                if (shape == null) {
                    throw new IllegalArgumentException("gives no shape (" + blueprint.origin + ")");
                }
                int size = Math.addExact(Math.multiplyExact(variables.capacity(), shape.size()), GuardCells.COUNT);
                steps.add(new Step(blueprint, steps.size(), shape, new float[size]));
            } catch (IllegalArgumentException e) {
                throw new BuildException(blueprint.path(), e.getMessage());
            } catch (ArithmeticException e) {
                throw new BuildException(
                        blueprint.path(), "a batch of " + variables.capacity() + " of its rows is too large");
            } catch (Throwable e) {
                throw PluginException.in("building " + name, e, blueprint.origin);
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
            } catch (IllegalArgumentException e) {
                throw new BuildException(step.path, e.getMessage());
            } catch (Throwable e) {
                throw PluginException.in(step.work.what(), e, step.origin);
            }
            // The rows for the steps behind an augmentation must not spoil those that are kept for it.
            rows = apply(step, rows, pass, i < augmentedFrom);
            if (i < augmentedFrom) {
                prepared = rows;
            }
        }
        for (VariableStore.Buffer buffer : variables.buffers()) {
            fitted.put(buffer.name(), Checksum.of(buffer.value(), 0, buffer.value().length));
        }
        return prepared;
    }

    /** Returns the names of what the steps learned and have changed since they were fitted. */
    List<String> unsteady() {
        return variables.buffers().stream()
                .filter(buffer -> fitted.containsKey(buffer.name())
                        && fitted.get(buffer.name()) != Checksum.of(buffer.value(), 0, buffer.value().length))
                .map(VariableStore.Buffer::name)
                .toList();
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
            step.apply(x, count, pass.evaluation(), from == 0);
            System.arraycopy(step.y, 0, result, from * out, count * out);
        }
        return new Dataset(step.output, result, rows.labels(), rows.values(), rows.width(), rows.classNames());
    }

    /**
     * Does for a training batch the steps that are left, and returns the array that holds it then.
     *
     * @param watched whether to look more closely at what the steps do; the rows are the same
     * @throws PluginException if a step's plugin fails or breaks its contract
     */
    float[] augment(float[] x, int batch, Pass pass, boolean watched, Activity activity) {
        float[] rows = x;
        for (int i = augmentedFrom; i < steps.size(); i++) {
            Step step = steps.get(i);
            activity.begin(step.work);
            step.apply(rows, batch, pass, watched);
            rows = step.y;
        }
        return rows;
    }
}
