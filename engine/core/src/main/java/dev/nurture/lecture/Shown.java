package dev.nurture.lecture;

import dev.nurture.config.CurveShape;
import dev.nurture.config.Measure;
import dev.nurture.measure.RunMeasures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured, as it is shown.
 *
 * @param label words that say of what: the run, the measure, the layer
 * @param values one a seed: numbers or words
 */
public record Shown(List<String> label, List<Object> values) {
    static final String CURVE = "curve";
    static final String FINDINGS = "findings";

    /** Before the key of which it is shown what findings advise to set it to. */
    static final String ADVISED = "advised.";

    /** Returns what a run shows of something: a value each for all layers or weights, one otherwise. */
    static Map<String, Object> of(RunMeasures run, String what) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (what.equals(CURVE)) {
            shown.put("", run.curve().map(CurveShape::label).orElse("too short to tell"));
        } else if (what.equals(FINDINGS)) {
            shown.put("", run.faults().isEmpty() ? "none" : String.join(" ", run.faults()));
        } else if (what.startsWith(ADVISED)) {
            List<Double> advised = run.advised(what.substring(ADVISED.length()));
            shown.put("", advised.isEmpty() ? "none" : advised.get(0));
        } else {
            Measure measure = Measure.of(what);
            boolean ofParts = measure.kind() == Measure.Kind.LAYER || measure.kind() == Measure.Kind.WEIGHT;
            if (ofParts) {
                shown.putAll(run.parts(measure));
            } else {
                shown.put("", run.value(measure));
            }
        }
        return shown;
    }

    /** Returns all on one line; words that stay the same from one to the next are not said again. */
    static String text(List<Shown> all) {
        StringBuilder text = new StringBuilder();
        List<String> before = List.of();
        for (Shown one : all) {
            int same = 0;
            while (same < Math.min(before.size(), one.label.size() - 1)
                    && before.get(same).equals(one.label.get(same))) {
                same++;
            }
            text.append(text.isEmpty() ? "" : same == 0 && one.label.size() > 1 ? "; " : ", ");
            one.label
                    .subList(same, one.label.size())
                    .forEach(word -> text.append(word).append(' '));
            text.append(one.value());
            before = one.label;
        }
        return text.toString();
    }

    /** Returns the value; of several seeds the least and the greatest, or each word that came. */
    private String value() {
        if (values.stream().allMatch(Double.class::isInstance)) {
            double[] numbers = values.stream()
                    .mapToDouble(number -> (Double) number)
                    .sorted()
                    .toArray();
            String least = number(numbers[0]);
            String greatest = number(numbers[numbers.length - 1]);
            return least.equals(greatest) ? least : least + " to " + greatest;
        }
        return values.stream()
                .map(one -> one instanceof Double number ? number(number) : one.toString())
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** Returns a number with four significant digits or decimals; {@code -} for one that was not measured. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (size < 1e-3 || size >= 1e5) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        // Of losses, which are compared with printed ones, as many decimals as these have.
        int decimals = size >= 1 && size < 100 ? 4 : (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
