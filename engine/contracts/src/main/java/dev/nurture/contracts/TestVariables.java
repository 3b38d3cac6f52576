package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what a part declares where a test can see it. Scratch memory starts as NaN: who reads before writing is found. */
public final class TestVariables implements Variables {
    private final String prefix;
    private final int capacity;
    private final int workers;
    private final Map<String, Variable> trained;
    private final Map<String, float[]> buffers;
    private final Map<String, Fan> fans;

    public TestVariables(int capacity) {
        this(capacity, 3);
    }

    /** Returns declarations for another number of workers than the usual three. */
    public TestVariables(int capacity, int workers) {
        this("", capacity, workers, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private TestVariables(
            String prefix,
            int capacity,
            int workers,
            Map<String, Variable> trained,
            Map<String, float[]> buffers,
            Map<String, Fan> fans) {
        this.prefix = prefix;
        this.capacity = capacity;
        this.workers = workers;
        this.trained = trained;
        this.buffers = buffers;
        this.fans = fans;
    }

    /** Returns weights and vectors by full name, in the order of declaration. */
    public Map<String, Variable> trained() {
        return trained;
    }

    /** Returns the buffers by full name. */
    public Map<String, float[]> buffers() {
        return buffers;
    }

    /** Returns the fan that a weight was declared with. */
    public Map<String, Fan> fans() {
        return fans;
    }

    @Override
    public Variable weight(String name, Shape shape, Fan fan, Initializer initializer) {
        Variable variable = declare(name, shape);
        fans.put(prefix + name, fan);
        initializer.fill(
                variable.value(), 0, shape.size(), shape, fan, new KeyedRandom(KeyedRandom.key(17, prefix + name)));
        return variable;
    }

    @Override
    public Variable vector(String name, Shape shape, float initial) {
        Variable variable = declare(name, shape);
        Arrays.fill(variable.value(), initial);
        return variable;
    }

    private Variable declare(String name, Shape shape) {
        Variable variable =
                new Variable(prefix + name, shape, new float[shape.size()], filled(shape.size(), Float.NaN));
        if (trained.put(variable.name(), variable) != null) {
            throw new IllegalArgumentException("'" + variable.name() + "' is declared twice");
        }
        return variable;
    }

    @Override
    public float[] buffer(String name, Shape shape, float initial) {
        float[] values = filled(shape.size(), initial);
        if (buffers.put(prefix + name, values) != null) {
            throw new IllegalArgumentException("'" + prefix + name + "' is declared twice");
        }
        return values;
    }

    @Override
    public float[] perExample(int size) {
        return filled(capacity * size, Float.NaN);
    }

    @Override
    public float[][] perWorker(int size) {
        float[][] scratch = new float[workers][];
        for (int i = 0; i < workers; i++) {
            scratch[i] = filled(size, Float.NaN);
        }
        return scratch;
    }

    @Override
    public float[] scratch(int size) {
        return filled(size, Float.NaN);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long stream() {
        return KeyedRandom.key(0, prefix);
    }

    @Override
    public Variables child(String name) {
        return new TestVariables(prefix + name + ".", capacity, workers, trained, buffers, fans);
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
