package dev.nurture.lecture;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.nurture.config.Measure;
import dev.nurture.lecture.page.Answer;
import dev.nurture.lecture.page.ClaimView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a claim.
 *
 * @param measured what is shown, in order
 * @param why a sentence for each thing that does not hold, or that is missing
 */
public record Verdict(Claim claim, Answer answer, List<Shown> measured, List<String> why) {
    public Verdict {
        measured = List.copyOf(measured);
        why = List.copyOf(why);
    }

    /**
     * Judges a claim.
     *
     * @param seeds of each what came of the claim's runs and ensembles, by their names
     */
    public static Verdict of(Claim claim, Map<Long, Map<String, RunOutcome>> seeds) {
        List<String> missing = seeds.values().stream()
                .flatMap(runs -> claim.needs().stream().flatMap(name -> runs.get(name).missing().stream()))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            return new Verdict(claim, Answer.NO_DATA, List.of(), missing);
        }
        Map<List<String>, List<Object>> shown = new LinkedHashMap<>();
        List<String> why = new ArrayList<>();
        seeds.forEach((seed, runs) -> {
            String ofSeed = seeds.size() == 1 ? "" : "seed " + seed + ": ";
            show(claim, runs, shown);
            for (String name : claim.runs()) {
                runs.get(name).unmet().forEach(sentence -> why.add(ofSeed + name + ": " + sentence));
            }
            for (Comparison comparison : claim.comparisons()) {
                Measure measure = claim.compare().orElseThrow();
                if (!comparison.holds(name -> compared(runs.get(name), measure))) {
                    String values = comparison.names().stream()
                            .map(name -> name + " " + Shown.number(compared(runs.get(name), measure)))
                            .collect(Collectors.joining(", "));
                    why.add(ofSeed + "not " + comparison.text() + " by " + measure + ": " + values);
                }
            }
        });
        List<Shown> measured = new ArrayList<>();
        shown.forEach((label, values) -> measured.add(new Shown(label, values)));
        return new Verdict(claim, why.isEmpty() ? Answer.GREEN : Answer.RED, measured, why);
    }

    private static void show(Claim claim, Map<String, RunOutcome> runs, Map<List<String>, List<Object>> shown) {
        List<String> names = claim.needs();
        List<String> what = new ArrayList<>(claim.show());
        if (what.isEmpty()) {
            claim.compare().ifPresent(measure -> what.add(measure.toString()));
        }
        for (String name : names) {
            for (String one : what) {
                Shown.of(runs.get(name).measures(), one).forEach((part, value) -> {
                    List<String> label = label(names.size() == 1 ? "" : name, what.size() == 1 ? "" : one, part);
                    shown.computeIfAbsent(label, key -> new ArrayList<>()).add(value);
                });
            }
        }
    }

    private static List<String> label(String run, String what, String part) {
        int dot = what.indexOf('.');
        String shortened = part.isEmpty() || dot < 0 ? what : what.substring(0, dot);
        return Stream.of(run, shortened, part).filter(word -> !word.isEmpty()).toList();
    }

    /** Returns what a run is compared by: what was never reached is infinitely far. */
    private static double compared(RunOutcome run, Measure measure) {
        double value = run.measures().value(measure);
        return Double.isNaN(value) && measure.reached().isPresent() ? Double.POSITIVE_INFINITY : value;
    }

    /** Returns what was measured, on one line. */
    public String measuredText() {
        return Shown.text(measured);
    }

    /**
     * Returns it as it is shown on a page.
     *
     * @param seconds that its runs took
     */
    public ClaimView view(double seconds) {
        return new ClaimView(
                claim.name(),
                claim.row().map(String::valueOf).orElse(""),
                claim.claim(),
                claim.published().orElse(""),
                measuredText(),
                answer,
                seconds,
                String.join("; ", why));
    }

    /** Returns it as an object. */
    public JsonObject json(String part) {
        JsonObject json = new JsonObject();
        json.addProperty("part", part);
        json.addProperty("claim", claim.name());
        claim.row().ifPresent(row -> json.addProperty("row", row));
        json.addProperty("text", claim.claim());
        claim.published().ifPresent(published -> json.addProperty("published", published));
        JsonObject values = new JsonObject();
        for (Shown one : measured) {
            JsonArray array = new JsonArray();
            one.values()
                    .forEach(value -> array.add(
                            value instanceof Double number && Double.isFinite(number)
                                    ? new JsonPrimitive(number)
                                    : new JsonPrimitive(value.toString())));
            values.add(one.label().isEmpty() ? "value" : String.join(" ", one.label()), array);
        }
        json.add("measured", values);
        json.addProperty("verdict", answer.label());
        JsonArray reasons = new JsonArray();
        why.forEach(reasons::add);
        json.add("why", reasons);
        return json;
    }
}
