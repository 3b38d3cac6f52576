package dev.nurture.measure;

import dev.nurture.config.Condition;
import dev.nurture.config.CurveShape;
import dev.nurture.config.Expectation;
import dev.nurture.config.Measure;
import dev.nurture.run.RunRecord.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares what a run came to with what its definition expects. */
public final class Expectations {
    private final RunMeasures run;

    public Expectations(RunMeasures run) {
        this.run = run;
    }

    /** Returns what comes of each expectation, in their order. */
    public List<Judgement> judge(List<Expectation> expectations) {
        List<Judgement> all = new ArrayList<>();
        expectations.forEach(expectation -> judge(expectation, all));
        return all;
    }

    private void judge(Expectation expectation, List<Judgement> all) {
        if (expectation instanceof Expectation.OfMeasure of) {
            measure(of.measure(), of.condition(), all);
        } else if (expectation instanceof Expectation.OfFindings of) {
            List<String> found = run.faults();
            boolean met = of.faults().isEmpty() ? found.isEmpty() : found.containsAll(of.faults());
            all.add(new Judgement("findings", words(of.faults()), words(found), met));
        } else if (expectation instanceof Expectation.OfAdvice of) {
            List<Double> advised = run.advised(of.key());
            boolean met = !advised.isEmpty() && advised.stream().allMatch(of.condition()::met);
            all.add(new Judgement(
                    "advised." + of.key(),
                    of.condition().toString(),
                    advised.size() == 1
                            ? advised.get(0)
                            : words(advised.stream().map(String::valueOf).toList()),
                    met));
        } else if (expectation instanceof Expectation.OfCurve of) {
            String measured = run.curve().map(CurveShape::label).orElse("too short to tell");
            List<String> expected = of.shapes().stream().map(CurveShape::label).toList();
            all.add(new Judgement("curve", String.join(" or ", expected), measured, expected.contains(measured)));
        } else if (expectation instanceof Expectation.AnyOf of) {
            anyOf(of, all);
        }
    }

    private void measure(Measure measure, Condition condition, List<Judgement> all) {
        if (measure.kind() == Measure.Kind.METRIC || measure.kind() == Measure.Kind.MOMENT) {
            add(measure.toString(), run.value(measure), condition, all);
            return;
        }
        Map<String, Double> parts = run.parts(measure);
        if (parts.isEmpty()) {
            add(measure.toString(), Double.NaN, condition, all);
        }
        parts.forEach((name, value) -> add(measure.name() + "." + name, value, condition, all));
    }

    private static void add(String what, double value, Condition condition, List<Judgement> all) {
        all.add(new Judgement(
                what, condition.toString(), Double.isNaN(value) ? "not measured" : value, condition.met(value)));
    }

    private void anyOf(Expectation.AnyOf of, List<Judgement> all) {
        List<List<Judgement>> alternatives =
                of.alternatives().stream().map(this::judge).toList();
        boolean met = alternatives.stream()
                .anyMatch(alternative -> alternative.stream().allMatch(Judgement::met));
        all.add(new Judgement(
                alternatives.stream()
                        .map(alternative -> joined(alternative, Judgement::what))
                        .collect(Collectors.joining(" or ")),
                alternatives.stream()
                        .map(alternative -> joined(alternative, Judgement::expected))
                        .collect(Collectors.joining(" or ")),
                alternatives.stream()
                        .map(alternative -> joined(
                                alternative, judgement -> judgement.measured().toString()))
                        .collect(Collectors.joining(" or ")),
                met));
    }

    private static String joined(List<Judgement> judgements, java.util.function.Function<Judgement, String> part) {
        return judgements.stream().map(part).collect(Collectors.joining(" and "));
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }
}
