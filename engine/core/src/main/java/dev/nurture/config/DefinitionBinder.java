package dev.nurture.config;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes a {@link Definition} of what was written, or finds everything that is wrong with it. */
final class DefinitionBinder {
    static final List<String> KEYS = List.of(
            "name",
            DefinitionFiles.EXTENDS,
            "seed",
            "data",
            "preprocess",
            "model",
            "loss",
            "regularization",
            "optimizer",
            "schedule",
            "training",
            "checks",
            "monitors",
            "expect",
            "metrics",
            "listeners",
            "search");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String STALLED = "stalled";
    private static final String LISTENERS = "listeners";
    private static final String VALIDATION = "validation";
    private static final String NEEDS_VALIDATION = " is not measured when data.validation is 0";

    private final Problems problems;
    private final PluginCatalog catalog;
    private final ParamBinder params;
    private final Value.Mapping root;
    private final String defaultName;

    /** @param fileName the definition's, whose part before the ending is the default name of the experiment */
    DefinitionBinder(PluginCatalog catalog, Problems problems, Value.Mapping root, String fileName) {
        this.problems = problems;
        this.root = root;
        this.catalog = catalog;
        params = new ParamBinder(catalog, problems);
        int dot = fileName.lastIndexOf('.');
        defaultName = dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    /**
     * Binds everything.
     *
     * @throws DefinitionException if there is any problem, those found earlier included
     */
    Definition bind() {
        params.checkKeys(root, KEYS);
        String name = name();
        long seed = seed();
        Map<String, Object> split = new LinkedHashMap<>();
        PartSettings data = required(
                "data",
                "name a data set",
                value -> params.part(
                        DataSource.class, value, null, "data", value.mark(), Definition.Data.PARAMS, split));
        List<PartSettings> preprocess = root.get("preprocess")
                .map(value -> params.parts(Preprocessor.class, value, "preprocess"))
                .orElse(List.of());
        List<PartSettings> model = required("model", "list the layers", this::model);
        PartSettings loss = part(Loss.class, "loss", Definition.DEFAULT_LOSS);
        var regularization = section("regularization", Definition.Regularization.PARAMS, List.of());
        PartSettings optimizer = part(Optimizer.class, "optimizer", Definition.DEFAULT_OPTIMIZER);
        PartSettings schedule = part(LearningRateSchedule.class, "schedule", Definition.DEFAULT_SCHEDULE);
        var training = section("training", Definition.Training.PARAMS, List.of("early_stopping"));
        Optional<ParamBinder.Section> earlyStopping = earlyStopping(split);
        Definition.Checks checks = checks();
        Supplier<Definition.Monitors> monitors = monitors();
        List<Expectation> expect = expect(split);
        Definition.Listeners listeners = listeners();
        Optional<Value.Mapping> search = root.get("search").map(value -> mapping("search"));
        problems.report();

        Definition definition = new Definition(
                name,
                seed,
                new Definition.Data(
                        data,
                        (Double) split.get(Definition.Data.VALIDATION.name()),
                        (Double) split.get(Definition.Data.TEST.name()),
                        Optional.ofNullable((Integer) split.get(Definition.Data.LIMIT.name())),
                        Optional.ofNullable((Integer) split.get(Definition.Data.SEED.name()))),
                preprocess,
                model,
                loss,
                new Definition.Regularization(regularization),
                optimizer,
                schedule,
                new Definition.Training(training, earlyStopping.map(Definition.EarlyStopping::new)),
                checks,
                monitors.get(),
                expect,
                listeners,
                search);
        tryParts(definition);
        return definition;
    }

    /** Makes each part once: settings that are right one by one may not go together. */
    private void tryParts(Definition definition) {
        List<PartSettings> parts = new ArrayList<>(definition.parts());
        parts.addAll(definition.listeners().enabled());
        for (PartSettings part : parts) {
            try {
                part.create();
            } catch (DefinitionException e) {
                for (Problem problem : e.problems()) {
                    problems.add(new Mark(problem.source(), problem.line()), problem.path(), problem.message());
                }
            }
        }
        problems.report();
    }

    private <T> T required(String key, String what, Function<Value, T> bind) {
        Optional<Value> value = root.get(key);
        if (value.isEmpty() && !ParamBinder.misspelled(key, root, KEYS)) {
            problems.add(root.mark(), key, "is missing; " + what);
        }
        return value.map(bind).orElse(null);
    }

    private PartSettings part(Class<?> kind, String key, String byDefault) {
        Value value = root.get(key).orElse(null);
        return params.part(kind, value, byDefault, key, value == null ? root.mark() : value.mark());
    }

    private ParamBinder.Section section(String key, List<Param<?>> declared, List<String> beside) {
        return params.section(root.get(key).orElse(null), key, root.mark(), declared, beside);
    }

    private Value.Mapping mapping(String key) {
        return params.mapping(root.get(key).orElse(null), key, root.mark());
    }

    private String name() {
        Value value = root.get("name").orElse(null);
        if (value == null) {
            String fitting = defaultName.replaceAll("[^A-Za-z0-9._-]", "_");
            return fitting.substring(0, Math.min(64, fitting.length()));
        }
        // A run's folder is called after it, which "." and ".." cannot be.
        boolean fits = value instanceof Value.Scalar scalar
                && NAME.matcher(scalar.text()).matches()
                && !scalar.text().matches("\\.+");
        if (!fits && !(value instanceof Value.Refused)) {
            String expected = "expected 1 to 64 letters, digits, '.', '_' or '-', not ";
            problems.add(value.mark(), "name", expected + Value.describe(value));
        }
        return fits ? ((Value.Scalar) value).text() : null;
    }

    private long seed() {
        Value value = root.get("seed").orElse(null);
        if (value == null || value instanceof Value.Refused) {
            return Definition.DEFAULT_SEED;
        }
        if (!(value instanceof Value.Scalar scalar)
                || scalar.literal()
                || !PlainScalar.INTEGER.matcher(scalar.text()).matches()) {
            problems.add(value.mark(), "seed", "expected a whole number, not " + Value.describe(value));
            return Definition.DEFAULT_SEED;
        }
        try {
            return Long.parseLong(scalar.text());
        } catch (NumberFormatException e) {
            String range = "[" + Long.MIN_VALUE + ", " + Long.MAX_VALUE + "]";
            problems.add(value.mark(), "seed", Shown.of(scalar.text()) + " is outside " + range);
            return Definition.DEFAULT_SEED;
        }
    }

    private List<PartSettings> model(Value value) {
        if (value instanceof Value.Sequence sequence && sequence.items().isEmpty()) {
            problems.add(value.mark(), "model", "has no layers");
        }
        return params.parts(Layer.class, value, "model");
    }

    private Optional<ParamBinder.Section> earlyStopping(Map<String, Object> split) {
        if (!(root.get("training").orElse(null) instanceof Value.Mapping training)) {
            return Optional.empty();
        }
        String path = "training.early_stopping";
        return training.get("early_stopping").map(value -> {
            var section = params.section(value, path, value.mark(), Definition.EarlyStopping.PARAMS, List.of());
            String metric = section.get(Definition.EarlyStopping.METRIC);
            if (metric != null && metric.startsWith(VALIDATION) && noValidation(split)) {
                Mark mark = value instanceof Value.Mapping mapping
                        ? mapping.get("metric").map(Value::mark).orElse(mapping.mark())
                        : value.mark();
                problems.add(mark, path + ".metric", metric + NEEDS_VALIDATION);
            }
            return section;
        });
    }

    private Definition.Checks checks() {
        GuardSection section = guardSection("checks");
        Guards checks = guards(Kind.CHECK, SanityCheck.class, "checks", section, List.of());
        return new Definition.Checks(checks.enabled, checks.disabled, checks.other);
    }

    private Supplier<Definition.Monitors> monitors() {
        GuardSection section = guardSection("monitors");
        List<String> own =
                Definition.Monitors.PARAMS.stream().<String>map(Param::name).toList();
        List<String> beside = new ArrayList<>(own);
        beside.add(STALLED);
        Guards monitors = guards(Kind.MONITOR, Monitor.class, "monitors", section, beside);
        Optional<ParamBinder.Section> stalled =
                section.off ? Optional.empty() : watch(section.written, "monitors", STALLED, Definition.Stalled.PARAMS);
        List<String> others = section.written.entries().keySet().stream()
                .filter(key -> !own.contains(key))
                .toList();
        var settings = params.section(
                section.written.without(others),
                "monitors",
                section.written.mark(),
                Definition.Monitors.PARAMS,
                List.of());
        return () -> new Definition.Monitors(
                settings.get(Definition.Monitors.INTERVAL),
                monitors.enabled,
                monitors.disabled,
                stalled.map(Definition.Stalled::new),
                monitors.other);
    }

    /**
     * What is written of all guards of a kind.
     *
     * @param off whether all of them are switched off, by {@code false}
     */
    private record GuardSection(Value.Mapping written, boolean off) {}

    private GuardSection guardSection(String key) {
        boolean off = root.get(key).orElse(null) instanceof Value.Scalar scalar
                && !scalar.literal()
                && scalar.text().equals("false");
        return off
                ? new GuardSection(new Value.Mapping(Map.of(), root.mark()), true)
                : new GuardSection(mapping(key), false);
    }

    /** All guards of a kind, with their defaults unless the definition says otherwise, and what is said of unknown ones. */
    private record Guards(List<Definition.Guard> enabled, List<String> disabled, Value.Mapping other) {}

    /** @param beside keys of the section that are no guards */
    private Guards guards(Kind kind, Class<?> type, String key, GuardSection of, List<String> beside) {
        Value.Mapping section = of.written;
        List<String> names = catalog.names(kind);
        List<String> known = new ArrayList<>(names);
        known.addAll(beside);
        section.entries().forEach((name, entry) -> {
            // One that is like none may be another plugin's, without which the experiment can be run as well.
            if (!known.contains(name) && Nearest.to(name, known).isPresent()) {
                problems.add(
                        entry.mark(), DefinitionPath.join(key, name), ParamBinder.noSuch(kind.label(), name, known));
            }
        });
        List<Definition.Guard> enabled = new ArrayList<>();
        List<String> disabled = new ArrayList<>();
        for (String name : names) {
            String path = DefinitionPath.join(key, name);
            Switched switched = switched(section, name, path);
            if (of.off || switched.off) {
                disabled.add(name);
                continue;
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            Mark mark = switched.value == null ? section.mark() : switched.value.mark();
            PartSettings part = params.part(type, switched.value, name, path, mark, Definition.Guard.PARAMS, settings);
            if (part != null) {
                boolean stop = Definition.Guard.STOP.equals(settings.get(Definition.Guard.ON_FAILURE.name()));
                enabled.add(new Definition.Guard(part, stop));
            }
        }
        return new Guards(enabled, disabled, section.without(known));
    }

    /** What is said of something that may be switched off: {@code true}, {@code false}, or a mapping of its settings. */
    private record Switched(boolean off, Value value) {}

    private Switched switched(Value.Mapping section, String name, String path) {
        Value value = section.get(name).orElse(null);
        if (value instanceof Value.Scalar scalar && !scalar.literal()) {
            if (scalar.text().equals("false")) {
                return new Switched(true, null);
            }
            value = scalar.text().equals("true") ? null : value;
        }
        if (value instanceof Value.Scalar || value instanceof Value.Sequence) {
            String expected = "expected true, false or a mapping, not ";
            problems.add(value.mark(), path, expected + Value.describe(value));
            value = null;
        }
        return new Switched(false, value);
    }

    /** Returns the settings of a monitor that is on unless the definition says {@code false}. */
    private Optional<ParamBinder.Section> watch(
            Value.Mapping section, String name, String watch, List<Param<?>> declared) {
        String path = name + "." + watch;
        Switched switched = switched(section, watch, path);
        if (switched.off) {
            return Optional.empty();
        }
        return Optional.of(params.section(switched.value, path, section.mark(), declared, List.of()));
    }

    private static boolean noValidation(Map<String, Object> split) {
        return Double.valueOf(0).equals(split.get(Definition.Data.VALIDATION.name()));
    }

    private List<Expectation> expect(Map<String, Object> split) {
        Optional<String> unmeasured = noValidation(split) ? Optional.of(NEEDS_VALIDATION) : Optional.empty();
        return new ExpectationBinder(problems, unmeasured).bind(mapping("expect"), "expect");
    }

    /** Binds {@code listeners}, and {@code metrics}, which is the section of the listener of that name. */
    private Definition.Listeners listeners() {
        List<String> names = catalog.names(Kind.LISTENER);
        Map<String, PartSettings> enabled = new TreeMap<>();
        Value.Mapping section = mapping(LISTENERS);
        section.entries().forEach((name, entry) -> {
            String path = DefinitionPath.join(LISTENERS, name);
            if (names.contains(name)) {
                listener(section, name, path).ifPresent(part -> enabled.put(name, part));
            } else {
                problems.add(entry.mark(), path, ParamBinder.noSuch(Kind.LISTENER.label(), name, names));
            }
        });
        String metrics = Definition.Listeners.METRICS;
        Optional<Value> written = root.get(metrics)
                .filter(value -> !(value instanceof Value.Mapping mapping
                        && mapping.entries().isEmpty()));
        if (written.isEmpty() || !names.contains(metrics)) {
            return new Definition.Listeners(List.copyOf(enabled.values()), written);
        }
        listener(root, metrics, metrics).ifPresent(part -> enabled.put(metrics, part));
        return new Definition.Listeners(List.copyOf(enabled.values()), Optional.empty());
    }

    private Optional<PartSettings> listener(Value.Mapping section, String name, String path) {
        Switched switched = switched(section, name, path);
        if (switched.off) {
            return Optional.empty();
        }
        Mark mark = switched.value == null ? section.mark() : switched.value.mark();
        return Optional.ofNullable(params.part(RunListener.class, switched.value, name, path, mark));
    }
}
