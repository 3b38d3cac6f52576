package dev.nurture.model;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parts of a network declared, in the order of declaration. Filled while the network is built, then read. */
public final class VariableStore {
    private final long seed;
    private final int capacity;
    private final int workers;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** State that is saved but not trained. */
    public record Buffer(String name, Shape shape, float[] value, float initial) {}

    /**
     * Starts empty.
     *
     * @param capacity the greatest number of examples in a batch
     */
    public VariableStore(long seed, int capacity, int workers) {
        this.seed = seed;
        this.capacity = capacity;
        this.workers = workers;
    }

    public int capacity() {
        return capacity;
    }

    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    public List<Buffer> buffers() {
        return Collections.unmodifiableList(buffers);
    }

    /** Returns what a part declares itself through; its names stand behind {@code scope} and a dot. */
    public Variables scope(String scope) {
        return new Scope(scope);
    }

    /** Gives every trained tensor its first values, each weight from the stream of its own name. */
    public void initialize() {
        for (Parameter parameter : parameters) {
            Variable variable = parameter.variable();
            if (parameter.initializer() == null) {
                Arrays.fill(variable.value(), parameter.initial());
            } else {
                long key = KeyedRandom.key(KeyedRandom.key(seed, "initialize"), variable.name());
                parameter
                        .initializer()
                        .fill(
                                variable.value(),
                                0,
                                parameter.size(),
                                variable.shape(),
                                parameter.fan(),
                                new KeyedRandom(key));
            }
        }
    }

    /** Returns the number of trained values. */
    public long parameterCount() {
        return parameters.stream().mapToLong(Parameter::size).sum();
    }

    private final class Scope implements Variables {
        private final String scope;

        Scope(String scope) {
            this.scope = scope;
        }

        @Override
        public Variable weight(String name, Shape shape, Fan fan, Initializer initializer) {
            return declare(name, shape, initializer, fan, 0, true);
        }

        @Override
        public Variable vector(String name, Shape shape, float initial) {
            return declare(name, shape, null, null, initial, false);
        }

        private Variable declare(
                String name, Shape shape, Initializer initializer, Fan fan, float initial, boolean regularized) {
            Variable variable = new Variable(unique(name), shape, new float[shape.size()], new float[shape.size()]);
            parameters.add(new Parameter(variable, regularized, initializer, fan, initial));
            return variable;
        }

        @Override
        public float[] buffer(String name, Shape shape, float initial) {
            float[] value = new float[shape.size()];
            Arrays.fill(value, initial);
            buffers.add(new Buffer(unique(name), shape, value, initial));
            return value;
        }

        private String unique(String name) {
            String full = scope + "." + name;
            if (!names.add(full)) {
                throw new IllegalArgumentException("declares '" + full + "' twice");
            }
            return full;
        }

        @Override
        public float[] perExample(int size) {
            try {
                return new float[Math.multiplyExact(capacity, size)];
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "a batch of " + capacity + " examples of " + size + " values is too large for one array");
            }
        }

        @Override
        public float[][] perWorker(int size) {
            return new float[workers][size];
        }

        @Override
        public float[] scratch(int size) {
            return new float[size];
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public long stream() {
            return KeyedRandom.key(0, scope);
        }

        @Override
        public Variables child(String name) {
            return new Scope(scope + "." + name);
        }
    }
}
