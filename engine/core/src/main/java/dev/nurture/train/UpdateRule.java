package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.model.Checksum;
import dev.nurture.model.Parameter;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Optimizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The optimizer as training uses it: over a range of a weight, and held to its contract. Any thread. */
public final class UpdateRule {
    /** Values on each side of a range that are looked at when the optimizer is watched. */
    private static final int NEIGHBOURS = 16;

    private final Optimizer optimizer;
    private final String name;
    private final Origin origin;
    private final List<String> slotNames;
    private final float learningRate;

    /**
     * Asks an optimizer for its slots and its learning rate, once for all.
     *
     * @param name of the part, as in the definition
     * @throws PluginException if its plugin fails, its slots have no names of their own, or its rate is no rate
     */
    public UpdateRule(Optimizer optimizer, String name, Origin origin) {
        this.optimizer = optimizer;
        this.name = name;
        this.origin = origin;
        String where = "optimizer '" + name + "'";
        slotNames = declaredSlots(where);
        if (slotNames == null || slotNames.contains(null) || new HashSet<>(slotNames).size() < slotNames.size()) {
            throw PluginException.breach(origin, "declares the slots " + slotNames, where);
        }
        try {
            learningRate = optimizer.learningRate();
        } catch (Throwable e) {
            throw PluginException.in(where, e, origin);
        }
        if (!(learningRate >= 0) || Float.isInfinite(learningRate)) {
            throw PluginException.breach(origin, "gave a learning rate of " + learningRate, where);
        }
    }

    /** Returns what the optimizer declares now, copied; null if that is nothing. */
    private List<String> declaredSlots(String where) {
        try {
            List<String> names = optimizer.slots();
            return names == null ? null : new ArrayList<>(names);
        } catch (Throwable e) {
            throw PluginException.in(where, e, origin);
        }
    }

    /** Returns optimizer and plugin, as messages name them. */
    String description() {
        return origin.describe("optimizer '" + name + "'");
    }

    /** Returns the names of the slots, in order. */
    List<String> slotNames() {
        return slotNames;
    }

    /** Returns the learning rate before any schedule, finite and at least 0. */
    public float learningRate() {
        return learningRate;
    }

    /** Updates a range of a weight and of its slots. */
    void update(Parameter parameter, float[][] slots, int from, int to, Optimizer.Step step, Activity.Work work) {
        try {
            optimizer.update(parameter.variable().value(), parameter.variable().gradient(), slots, from, to, step);
        } catch (Throwable e) {
            throw PluginException.in(work.what(), e, origin);
        }
    }

    /** Does the same, and looks closely at what the optimizer does; nobody else may change the weight meanwhile. */
    void watchedUpdate(
            Parameter parameter, float[][] slots, int from, int to, Optimizer.Step step, Activity.Work work) {
        float[] gradient = parameter.variable().gradient();
        float[][] before = slots.clone();
        long gradientBefore = Checksum.of(gradient, from, to);
        long aroundBefore = checksumAround(parameter, before, from, to);
        update(parameter, slots, from, to, step, work);
        require(gradientBefore == Checksum.of(gradient, from, to), "changed the gradient", work);
        require(aroundBefore == checksumAround(parameter, before, from, to), "wrote beyond its range", work);
        List<String> names = declaredSlots(work.what());
        require(slotNames.equals(names), "declares the slots " + names + ", where it had " + slotNames, work);
    }

    /**
     * Looks whether the slots are still the arrays that the engine saves.
     *
     * @param own those that they were
     * @throws PluginException if there is another one
     */
    void requireSame(float[][] slots, float[][] own, Activity.Work work) {
        for (int i = 0; i < own.length; i++) {
            if (slots[i] != own[i]) {
                String did = "put another array in the place of slot '" + slotNames.get(i) + "'";
                throw PluginException.breach(origin, did, work.what());
            }
        }
    }

    /** Returns the checksum of what lies on both sides of a range, of the weight, its gradient and its slots. */
    private static long checksumAround(Parameter parameter, float[][] slots, int from, int to) {
        long sum = checksumAround(parameter.variable().value(), from, to);
        sum = 31 * sum + checksumAround(parameter.variable().gradient(), from, to);
        for (float[] slot : slots) {
            sum = 31 * sum + checksumAround(slot, from, to);
        }
        return sum;
    }

    private static long checksumAround(float[] values, int from, int to) {
        return Checksum.of(values, Math.max(0, from - NEIGHBOURS), from)
                + 7 * Checksum.of(values, to, Math.min(values.length, to + NEIGHBOURS));
    }

    private void require(boolean kept, String otherwise, Activity.Work work) {
        if (!kept) {
            throw PluginException.breach(origin, otherwise, work.what());
        }
    }
}
