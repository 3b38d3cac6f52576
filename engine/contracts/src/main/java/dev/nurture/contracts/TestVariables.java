package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a part declares where a test can see it. Scratch memory starts as NaN: who reads before writing is found. */
public final class TestVariables implements Variables {
    private final String prefix;
    private final int capacity;
    private final int workers;
    private final Declared declared;

    /** What a part and the parts within it have declared so far. */
    private static final class Declared {
        final Map<String, Variable> trained = new LinkedHashMap<>();
        final Map<String, float[]> buffers = new LinkedHashMap<>();
        final Map<String, Fan> fans = new LinkedHashMap<>();
        final List<String> twice = new ArrayList<>();
        final List<float[]> shared = new ArrayList<>();
        final List<float[][]> perWorker = new ArrayList<>();
    }

    public TestVariables(int capacity) {
        this(capacity, 3);
    }

    /** Returns declarations for another number of workers than the usual three. */
    public TestVariables(int capacity, int workers) {
        this("", capacity, workers, new Declared());
    }

    private TestVariables(String prefix, int capacity, int workers, Declared declared) {
        this.prefix = prefix;
        this.capacity = capacity;
        this.workers = workers;
        this.declared = declared;
    }

    /** Returns weights and vectors by full name, in the order of declaration. */
    public Map<String, Variable> trained() {
        return declared.trained;
    }

    /** Returns the buffers by full name. */
    public Map<String, float[]> buffers() {
        return declared.buffers;
    }

    /** Returns the fan that a weight was declared with. */
    public Map<String, Fan> fans() {
        return declared.fans;
    }

    /** Returns the full names that were declared again. */
    List<String> twice() {
        return declared.twice;
    }

    /** Returns the scratch memory that workers share. */
    List<float[]> shared() {
        return declared.shared;
    }

    /** Returns the scratch memory of which each worker has its own. */
    List<float[][]> perWorker() {
        return declared.perWorker;
    }

    int workers() {
        return workers;
    }

    /** Takes over the values of all variables and buffers of a part that declares the same. */
    void copyFrom(TestVariables other) {
        trained().forEach((name, variable) -> {
            float[] values = other.trained().get(name).value();
            System.arraycopy(values, 0, variable.value(), 0, values.length);
        });
        buffers().forEach((name, values) -> System.arraycopy(other.buffers().get(name), 0, values, 0, values.length));
    }

    @Override
    public Variable weight(String name, Shape shape, Fan fan, Initializer initializer) {
        Variable variable = declare(name, shape);
        declared.fans.put(prefix + name, fan);
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
        note(name);
        Variable variable =
                new Variable(prefix + name, shape, new float[shape.size()], filled(shape.size(), Float.NaN));
        declared.trained.put(variable.name(), variable);
        return variable;
    }

    private void note(String name) {
        String full = prefix + name;
        if (declared.trained.containsKey(full) || declared.buffers.containsKey(full)) {
            declared.twice.add(full);
        }
    }

    @Override
    public float[] buffer(String name, Shape shape, float initial) {
        note(name);
        float[] values = filled(shape.size(), initial);
        declared.buffers.put(prefix + name, values);
        return values;
    }

    @Override
    public float[] perExample(int size) {
        return scratch(capacity * size);
    }

    @Override
    public float[][] perWorker(int size) {
        float[][] scratch = new float[workers][];
        for (int i = 0; i < workers; i++) {
            scratch[i] = filled(size, Float.NaN);
        }
        declared.perWorker.add(scratch);
        return scratch;
    }

    @Override
    public float[] scratch(int size) {
        float[] values = filled(size, Float.NaN);
        declared.shared.add(values);
        return values;
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
        return new TestVariables(prefix + name + ".", capacity, workers, declared);
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
