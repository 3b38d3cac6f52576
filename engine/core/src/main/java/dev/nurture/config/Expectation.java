package dev.nurture.config;

import java.util.List;
import java.util.stream.Stream;

/** Something that a definition expects of its run. */
public sealed interface Expectation {
    /** Returns every measure that is expected to be something, those of alternatives too. */
    static Stream<Measure> measures(List<Expectation> expectations) {
        return expectations.stream().flatMap(expectation -> {
            if (expectation instanceof OfMeasure of) {
                return Stream.of(of.measure);
            }
            return expectation instanceof AnyOf of
                    ? of.alternatives.stream().flatMap(Expectation::measures)
                    : Stream.of();
        });
    }

    /** That a measure is such and such. */
    record OfMeasure(Measure measure, Condition condition) implements Expectation {
        @Override
        public String toString() {
            return measure + " " + condition;
        }
    }

    /**
     * That faults were found.
     *
     * @param faults each of which must have been; empty: nothing may have been found
     */
    record OfFindings(List<String> faults) implements Expectation {
        public OfFindings {
            faults = List.copyOf(faults);
        }
    }

    /** That what findings advise to set a key to is such and such. */
    record OfAdvice(String key, Condition condition) implements Expectation {}

    /** That the curves have one of these shapes. */
    record OfCurve(List<CurveShape> shapes) implements Expectation {
        public OfCurve {
            shapes = List.copyOf(shapes);
        }
    }

    /** That one of several holds, each of which is a list of expectations that hold together. */
    record AnyOf(List<List<Expectation>> alternatives) implements Expectation {
        public AnyOf {
            alternatives = alternatives.stream().map(List::copyOf).toList();
        }
    }
}
