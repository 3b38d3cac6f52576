package dev.nurture.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Binds {@code expect}. */
final class ExpectationBinder {
    static final String FINDINGS = "findings";
    static final String ADVISED = "advised";
    static final String CURVE = "curve";
    static final String ANY_OF = "any_of";
    static final String NONE = "none";

    private static final List<String> KEYS = Stream.concat(
                    Measure.names().stream(), Stream.of(FINDINGS, ADVISED, CURVE, ANY_OF))
            .toList();
    private static final Pattern FAULT = Pattern.compile("[a-z][a-z0-9_]*");

    private final Problems problems;
    private final Optional<String> unmeasured;

    /** @param unmeasured why nothing is measured of validation rows, if so */
    ExpectationBinder(Problems problems, Optional<String> unmeasured) {
        this.problems = problems;
        this.unmeasured = unmeasured;
    }

    /** Returns what is expected by a mapping; what is wrong with it is reported. */
    List<Expectation> bind(Value.Mapping expect, String path) {
        List<Expectation> expectations = new ArrayList<>();
        expect.entries().forEach((key, entry) -> {
            String keyPath = DefinitionPath.join(path, key);
            Value value = entry.value();
            if (problems.full() || value instanceof Value.Refused || Value.isNull(value)) {
                return;
            }
            switch (key) {
                case FINDINGS -> findings(value, keyPath).ifPresent(expectations::add);
                case ADVISED -> advised(value, keyPath, expectations);
                case CURVE -> curve(value, keyPath).ifPresent(expectations::add);
                case ANY_OF -> anyOf(value, keyPath).ifPresent(expectations::add);
                default -> measure(key, entry, keyPath, expectations);
            }
        });
        return expectations;
    }

    private void measure(String name, Value.Entry entry, String path, List<Expectation> expectations) {
        if (!KEYS.contains(name)) {
            problems.add(entry.mark(), path, ParamBinder.noSuch("metric", name, KEYS));
            return;
        }
        if (name.startsWith("validation") && unmeasured.isPresent()) {
            problems.add(entry.mark(), path, name + unmeasured.get());
        }
        if (entry.value() instanceof Value.Mapping details) {
            details.entries().forEach((detail, of) -> {
                String detailPath = DefinitionPath.join(path, detail);
                condition(of.value(), detailPath)
                        .flatMap(condition -> of(name, detail, condition, of.mark(), detailPath))
                        .ifPresent(expectations::add);
            });
        } else {
            condition(entry.value(), path)
                    .flatMap(condition -> of(name, "", condition, entry.value().mark(), path))
                    .ifPresent(expectations::add);
        }
    }

    private Optional<Expectation> of(String name, String detail, Condition condition, Mark mark, String path) {
        try {
            return Optional.of(new Expectation.OfMeasure(Measure.of(name, detail), condition));
        } catch (IllegalArgumentException e) {
            problems.add(mark, path, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Condition> condition(Value value, String path) {
        if (value instanceof Value.Refused) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Condition.of(value instanceof Value.Scalar scalar ? scalar.text() : Value.describe(value)));
        } catch (IllegalArgumentException e) {
            problems.add(value.mark(), path, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Expectation> findings(Value value, String path) {
        List<Value.Scalar> faults = scalars(value);
        boolean none =
                faults != null && faults.size() == 1 && faults.get(0).text().equals(NONE);
        if (faults == null
                || !faults.stream()
                        .allMatch(fault -> FAULT.matcher(fault.text()).matches())) {
            String expected = "expected none, a fault such as diverging, or a list of faults, not ";
            problems.add(value.mark(), path, expected + Value.describe(value));
            return Optional.empty();
        }
        return Optional.of(new Expectation.OfFindings(
                none ? List.of() : faults.stream().map(Value.Scalar::text).toList()));
    }

    private void advised(Value value, String path, List<Expectation> expectations) {
        if (!(value instanceof Value.Mapping keys)) {
            problems.add(
                    value.mark(), path, "expected a mapping from keys to conditions, not " + Value.describe(value));
            return;
        }
        for (Map.Entry<String, Value.Entry> key : keys.entries().entrySet()) {
            condition(key.getValue().value(), DefinitionPath.join(path, key.getKey()))
                    .ifPresent(condition -> expectations.add(new Expectation.OfAdvice(key.getKey(), condition)));
        }
    }

    private Optional<Expectation> curve(Value value, String path) {
        List<Value.Scalar> names = scalars(value);
        if (names == null || names.isEmpty()) {
            problems.add(
                    value.mark(),
                    path,
                    "expected the shape of a curve or a list of them, not " + Value.describe(value));
            return Optional.empty();
        }
        List<CurveShape> shapes = new ArrayList<>();
        for (Value.Scalar name : names) {
            if (CurveShape.labels().contains(name.text())) {
                shapes.add(CurveShape.valueOf(name.text().toUpperCase(Locale.ROOT)));
            } else {
                problems.add(name.mark(), path, ParamBinder.noSuch("curve", name.text(), CurveShape.labels()));
            }
        }
        return Optional.of(new Expectation.OfCurve(shapes));
    }

    private Optional<Expectation> anyOf(Value value, String path) {
        if (!(value instanceof Value.Sequence sequence)
                || sequence.items().isEmpty()
                || !sequence.items().stream().allMatch(Value.Mapping.class::isInstance)) {
            problems.add(
                    value.mark(), path, "expected a list of mappings like expect itself, not " + Value.describe(value));
            return Optional.empty();
        }
        List<List<Expectation>> alternatives = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            alternatives.add(bind((Value.Mapping) sequence.items().get(i), path + "[" + i + "]"));
        }
        return Optional.of(new Expectation.AnyOf(alternatives));
    }

    /** Returns the words of a list, or of one word; null if it is neither. */
    private static List<Value.Scalar> scalars(Value value) {
        if (value instanceof Value.Scalar scalar) {
            return List.of(scalar);
        }
        return value instanceof Value.Sequence sequence
                        && sequence.items().stream().allMatch(Value.Scalar.class::isInstance)
                ? sequence.items().stream().map(Value.Scalar.class::cast).toList()
                : null;
    }
}
