package dev.nurture.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Writes a definition as YAML with every default, which reads back as the same definition. */
public final class DefinitionWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /** Returns the definition in the order of the documentation, lines ended by {@code \n}. */
    public String write(Definition definition) {
        return write(definition, true);
    }

    /**
     * Returns what a run's results depend on: the definition for one worker, and without what is only watched or says when
     * a checkpoint within an epoch is due.
     */
    public String writeDecisive(Definition definition) {
        return write(definition.onThreads(1), false);
    }

    private static String write(Definition definition, boolean watches) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "name", text(definition.name()));
        line(yaml, "seed", Long.toString(definition.seed()));
        line(yaml, "data", data(definition.data()));
        line(yaml, "preprocess", value(definition.preprocess()));
        yaml.append("model:\n");
        definition
                .model()
                .forEach(layer -> yaml.append("  - ").append(part(layer)).append('\n'));
        line(yaml, "loss", part(definition.loss()));
        line(yaml, "regularization", regularization(definition.regularization()));
        line(yaml, "optimizer", part(definition.optimizer()));
        line(yaml, "schedule", part(definition.schedule()));
        line(yaml, "training", training(definition.training(), watches));
        if (watches) {
            line(yaml, "checks", checks(definition.checks()));
        }
        line(yaml, "monitors", monitors(definition.monitors(), watches));
        line(yaml, "expect", expect(definition.expect()));
        if (watches) {
            listeners(definition.listeners(), yaml);
        }
        definition.search().ifPresent(search -> {
            yaml.append(search.entries().isEmpty() ? "search: {}\n" : "search:\n");
            search.entries().forEach((key, entry) -> line(yaml.append("  "), quoted(key), value(entry.value())));
        });
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    private static StringJoiner mapping() {
        return new StringJoiner(", ", "{", "}");
    }

    private static String entry(String key, Object value) {
        return quoted(key) + ": " + value(value);
    }

    private static String data(Definition.Data data) {
        StringJoiner yaml = settings(data.source());
        Map<String, Object> own = data.source().values();
        Map<String, Object> common = Map.of("validation", data.validation(), "test", data.test());
        for (String key : List.of("validation", "test")) {
            if (!own.containsKey(key)) {
                yaml.add(entry(key, common.get(key)));
            }
        }
        if (!own.containsKey("limit")) {
            data.limit().ifPresent(limit -> yaml.add(entry("limit", limit)));
        }
        if (!own.containsKey("seed")) {
            data.seed().ifPresent(seed -> yaml.add(entry("seed", seed)));
        }
        return yaml.toString();
    }

    private static String regularization(Definition.Regularization regularization) {
        return mapping()
                .add(entry("l1", regularization.l1()))
                .add(entry("l2", regularization.l2()))
                .toString();
    }

    private static String training(Definition.Training training, boolean watches) {
        StringJoiner yaml = mapping()
                .add(entry("epochs", training.epochs()))
                .add(entry("batch_size", training.batchSize()))
                .add(entry("threads", training.threads()));
        training.clipNorm().ifPresent(norm -> yaml.add(entry("clip_norm", norm)));
        yaml.add(entry("checkpoint_every", training.checkpointEvery()));
        if (watches) {
            training.checkpointSteps().ifPresent(steps -> yaml.add(entry("checkpoint_steps", steps)));
            training.checkpointMinutes().ifPresent(minutes -> yaml.add(entry("checkpoint_minutes", minutes)));
        }
        yaml.add(entry("keep", training.keep()));
        training.earlyStopping().ifPresent(stopping -> {
            StringJoiner early = mapping()
                    .add(entry("metric", stopping.metric()))
                    .add(entry("patience", stopping.patience()))
                    .add(entry("restore_best", stopping.restoreBest()));
            yaml.add("early_stopping: " + early);
        });
        return yaml.toString();
    }

    private static String checks(Definition.Checks checks) {
        StringJoiner yaml = mapping();
        addGuards(checks.enabled(), checks.disabled(), yaml);
        checks.other().entries().forEach((key, other) -> yaml.add(entry(key, other.value())));
        return yaml.toString();
    }

    private static void addGuards(List<Definition.Guard> enabled, List<String> disabled, StringJoiner yaml) {
        for (Definition.Guard guard : enabled) {
            StringJoiner settings = mapping();
            guard.part().values().forEach((name, value) -> settings.add(entry(name, value)));
            String onFailure = guard.stop() ? Definition.Guard.STOP : Definition.Guard.WARN;
            settings.add(entry(Definition.Guard.ON_FAILURE.name(), onFailure));
            yaml.add(guard.part().name() + ": " + settings);
        }
        disabled.forEach(name -> yaml.add(name + ": false"));
    }

    private static String monitors(Definition.Monitors monitors, boolean watches) {
        StringJoiner yaml = mapping();
        if (watches) {
            yaml.add(entry(Definition.Monitors.INTERVAL.name(), monitors.interval()));
            addGuards(monitors.enabled(), monitors.disabled(), yaml);
            yaml.add("stalled: "
                    + monitors.stalled()
                            .map(stalled -> mapping()
                                    .add(entry("seconds", stalled.seconds()))
                                    .toString())
                            .orElse("false"));
        }
        monitors.other().entries().forEach((key, other) -> yaml.add(entry(key, other.value())));
        return yaml.toString();
    }

    private static String expect(List<Expectation> expectations) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Expectation expectation : expectations) {
            if (expectation instanceof Expectation.OfMeasure of && of.measure().kind() == Measure.Kind.METRIC) {
                entries.put(of.measure().name(), text(of.condition().toString()));
            } else if (expectation instanceof Expectation.OfMeasure of) {
                nested(entries, of.measure().name(), of.measure().detail(), of.condition());
            } else if (expectation instanceof Expectation.OfAdvice of) {
                nested(entries, ExpectationBinder.ADVISED, of.key(), of.condition());
            } else if (expectation instanceof Expectation.OfFindings of) {
                entries.put(
                        ExpectationBinder.FINDINGS, of.faults().isEmpty() ? ExpectationBinder.NONE : list(of.faults()));
            } else if (expectation instanceof Expectation.OfCurve of) {
                entries.put(
                        ExpectationBinder.CURVE,
                        list(of.shapes().stream().map(CurveShape::label).toList()));
            } else if (expectation instanceof Expectation.AnyOf of) {
                StringJoiner alternatives = new StringJoiner(", ", "[", "]");
                of.alternatives().forEach(alternative -> alternatives.add(expect(alternative)));
                entries.put(ExpectationBinder.ANY_OF, alternatives);
            }
        }
        StringJoiner yaml = mapping();
        entries.forEach((key, value) -> yaml.add(quoted(key) + ": " + value));
        return yaml.toString();
    }

    private static void nested(Map<String, Object> entries, String key, String detail, Condition condition) {
        StringJoiner yaml = (StringJoiner) entries.computeIfAbsent(key, name -> mapping());
        yaml.add(entry(detail, condition.toString()));
    }

    private static void listeners(Definition.Listeners listeners, StringBuilder yaml) {
        StringJoiner others = mapping();
        for (PartSettings listener : listeners.enabled()) {
            StringJoiner settings = mapping();
            listener.values().forEach((name, value) -> settings.add(entry(name, value)));
            if (listener.name().equals(Definition.Listeners.METRICS)) {
                line(yaml, Definition.Listeners.METRICS, settings.toString());
            } else {
                others.add(listener.name() + ": " + settings);
            }
        }
        listeners.unread().ifPresent(metrics -> line(yaml, Definition.Listeners.METRICS, value(metrics)));
        line(yaml, "listeners", others.toString());
    }

    private static StringJoiner settings(PartSettings part) {
        StringJoiner yaml = mapping().add(entry(ParamBinder.TYPE, part.name()));
        part.values().forEach((name, value) -> yaml.add(entry(name, value)));
        return yaml;
    }

    private static String part(PartSettings part) {
        return settings(part).toString();
    }

    static String value(Object value) {
        if (value instanceof PartSettings part) {
            return part(part);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Value.Sequence sequence) {
            return list(sequence.items());
        }
        if (value instanceof Value.Mapping mapping) {
            StringJoiner yaml = mapping();
            mapping.entries().forEach((key, entry) -> yaml.add(entry(key, entry.value())));
            return yaml.toString();
        }
        if (value instanceof Value.Scalar scalar) {
            boolean plain = !scalar.literal() && PlainScalar.meansSomethingElse(scalar.text());
            return plain ? scalar.text() : text(scalar.text());
        }
        if (value instanceof Double number) {
            return number.toString().toLowerCase(Locale.ROOT);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : text(value.toString());
    }

    private static String list(List<?> items) {
        StringJoiner yaml = new StringJoiner(", ", "[", "]");
        items.forEach(item -> yaml.add(value(item)));
        return yaml.toString();
    }

    /** Returns text such that neither YAML nor interpolation makes anything else of it. */
    private static String text(String text) {
        return quoted(text.replace("${", "$${"));
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !PlainScalar.meansSomethingElse(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (Shown.isPlain(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append(point > 0xffff ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point));
            }
        });
        return quoted.append('"').toString();
    }
}
