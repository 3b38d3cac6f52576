package dev.nurture.model;

import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
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

    int workers() {
        return workers;
    }

    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** Returns those of one scope and the scopes within it. */
    public List<Parameter> parameters(String scope) {
        return parameters.stream()
                .filter(parameter -> parameter.name().startsWith(scope + "."))
                .toList();
    }

    public List<Buffer> buffers() {
        return Collections.unmodifiableList(buffers);
    }

    /** Returns what a part declares itself through; its names stand behind {@code scope} and a dot. */
    public Variables scope(String scope) {
        return new Scope(scope);
    }

    /**
     * Gives every trained tensor its first values, each weight from the stream of its own name.
     *
     * @throws PluginException if an initializer fails, or leaves a value that is not finite
     */
    public void initialize() {
        for (Parameter parameter : parameters) {
            if (parameter.initializer() == null) {
                Arrays.fill(parameter.variable().value(), parameter.initial());
            } else {
                fill(parameter);
            }
        }
    }

    private void fill(Parameter parameter) {
        Variable variable = parameter.variable();
        float[] w = variable.value();
        long key = KeyedRandom.key(KeyedRandom.key(seed, "initialize"), variable.name());
        Origin origin = Origin.of(parameter.initializer());
        String where = "the initial values of " + variable.name();
        Unwritten.mark(w, w.length);
        try {
            parameter.initializer().fill(w, 0, w.length, variable.shape(), parameter.fan(), new KeyedRandom(key));
        } catch (Throwable e) {
            throw PluginException.in(where, e, origin);
        }
        int unwritten = Unwritten.count(w, w.length);
        if (unwritten > 0) {
            String did = "left " + unwritten + " of the " + w.length + " values unwritten";
            throw PluginException.breach(origin, did, where);
        }
        for (int i = 0; i < w.length; i++) {
            if (!Float.isFinite(w[i])) {
                throw PluginException.breach(origin, "gave " + w[i] + " as value " + i, where);
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
            requireFinite(name, initial);
            Variable variable = new Variable(unique(name), shape, new float[shape.size()], new float[shape.size()]);
            parameters.add(new Parameter(variable, regularized, initializer, fan, initial));
            return variable;
        }

        @Override
        public float[] buffer(String name, Shape shape, float initial) {
            requireFinite(name, initial);
            float[] value = new float[shape.size()];
            Arrays.fill(value, initial);
            buffers.add(new Buffer(unique(name), shape, value, initial));
            return value;
        }

        private void requireFinite(String name, float initial) {
            if (!Float.isFinite(initial)) {
                throw new IllegalArgumentException(
                        "declares '" + scope + "." + name + "' to begin at " + initial + ", which is not finite");
            }
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
