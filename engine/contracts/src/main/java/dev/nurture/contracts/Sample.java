package dev.nurture.contracts;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings under which a part can be examined without a definition. Parts within the part are {@link StandIns}, made anew
 * for each instance.
 *
 * @param description what differs from the defaults, such as {@code nesterov=true}; {@code defaults} when nothing does
 * @param values by parameter
 */
public record Sample<T>(Factory<T> factory, String description, Map<String, Object> values) {
    /** The description of the sample in which nothing differs. */
    public static final String DEFAULTS = "defaults";

    public Sample {
        values = Map.copyOf(values);
    }

    /** Returns the value of a parameter, given or by default; null when it has none or is a part. */
    public Object value(String parameter) {
        return values.containsKey(parameter)
                ? values.get(parameter)
                : factory.params().stream()
                        .filter(param -> param.name().equals(parameter) && param.kind() == null)
                        .map(Param::fallback)
                        .findFirst()
                        .orElse(null);
    }

    /** Makes the part. */
    public T create() {
        Map<String, Object> all = new LinkedHashMap<>(values);
        for (Param<?> param : factory.params()) {
            boolean absent = !param.required() && param.fallback() == null;
            if (param.kind() != null && !all.containsKey(param.name()) && !absent) {
                all.put(param.name(), StandIns.of(param));
            }
        }
        return MapSettings.create(factory, all);
    }

    /** Returns the part under these settings, to be examined. */
    public Subject<T> subject(long seed) {
        return Subject.of(factory.name(), this::create, seed);
    }

    /**
     * Returns the defaults, with something usual for what must be given.
     *
     * @throws NotApplicable if something must be given that only its author knows, such as a file
     */
    public static <T> Sample<T> defaults(Factory<T> factory) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Param<?> param : factory.params()) {
            if (param.required() && param.kind() == null) {
                values.put(param.name(), usual(factory, param));
            }
        }
        return new Sample<>(factory, DEFAULTS, values);
    }

    /**
     * Returns the defaults and, one at a time, every other word, every switch turned, and every number doubled and halved
     * as far as its range and the part permit.
     *
     * @throws NotApplicable as {@link #defaults}
     */
    public static <T> List<Sample<T>> of(Factory<T> factory) {
        Sample<T> defaults = defaults(factory);
        List<Sample<T>> samples = new ArrayList<>(List.of(defaults));
        for (Param<?> param : factory.params()) {
            Object value = defaults.values.getOrDefault(param.name(), param.fallback());
            for (Object other : others(param, value)) {
                Map<String, Object> values = new LinkedHashMap<>(defaults.values);
                values.put(param.name(), other);
                Sample<T> sample = new Sample<>(factory, param.name() + "=" + other, values);
                if (sample.possible()) {
                    samples.add(sample);
                }
            }
        }
        return samples;
    }

    /** A part may refuse settings that do not go together. */
    private boolean possible() {
        try {
            create();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<Object> others(Param<?> param, Object value) {
        List<Object> others = new ArrayList<>();
        switch (param.form()) {
            case FLAG -> others.add(!Boolean.TRUE.equals(value));
            case CHOICE ->
                param.choices().stream().filter(word -> !word.equals(value)).forEach(others::add);
            case NUMBER -> {
                if (value instanceof Double number) {
                    for (double other : new double[] {number * 2, number / 2}) {
                        if (other != number && param.range().contains(other)) {
                            others.add(other);
                        }
                    }
                }
            }
            case INTEGER -> {
                if (value instanceof Integer number) {
                    for (int other : new int[] {number * 2, number / 2}) {
                        if (other != number && param.range().contains(other)) {
                            others.add(other);
                        }
                    }
                }
            }
            case TEXT, PATH, PART, PARTS -> {}
        }
        return others;
    }

    private static Object usual(Factory<?> factory, Param<?> param) {
        return switch (param.form()) {
            case INTEGER -> usualInteger(param);
            case NUMBER -> usualNumber(param);
            case FLAG -> false;
            case CHOICE -> param.choices().get(0);
            case TEXT, PATH, PART, PARTS ->
                throw new NotApplicable(
                        "'" + factory.name() + "' needs '" + param.name() + "', which only a user knows");
        };
    }

    private static int usualInteger(Param<?> param) {
        for (int value : new int[] {4, 3, 2, 1, 8, 16, 0}) {
            if (param.range().contains(value)) {
                return value;
            }
        }
        return (int) Math.max(
                Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, param.range().low()));
    }

    private static double usualNumber(Param<?> param) {
        double low = param.range().low();
        double high = param.range().high();
        if (Double.isFinite(low) && Double.isFinite(high)) {
            return (low + high) / 2;
        }
        for (double value : new double[] {1, 0.5, 2}) {
            if (param.range().contains(value)) {
                return value;
            }
        }
        return Double.isFinite(low) ? low + 1 : high - 1;
    }
}
