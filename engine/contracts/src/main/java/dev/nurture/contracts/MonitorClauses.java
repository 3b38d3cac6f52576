package dev.nurture.contracts;

import dev.nurture.spi.Finding;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Monitor;
import java.util.List;
import java.util.Map;

/** What every monitor promises. */
final class MonitorClauses {
    private static final int SEEDS = 20;

    static final Contract<Monitor> CONTRACT = new Contract<>(
            Monitor.class,
            List.of(
                    new Clause<>(
                            "findings",
                            "says of what it finds all that a person needs to act on it",
                            MonitorClauses::findings),
                    new Clause<>("calm", "finds nothing grave in a healthy training", MonitorClauses::calm),
                    new Clause<>(
                            "stateless",
                            "remembers nothing itself: all that it must is in the watch",
                            MonitorClauses::stateless),
                    new Clause<>(
                            "independent",
                            "opens watches that know nothing of each other",
                            MonitorClauses::independent),
                    new Clause<>(
                            "deterministic",
                            "finds the same again in the same course, and from every instance",
                            MonitorClauses::deterministic)));

    private MonitorClauses() {}

    private static PlainTraining course(Subject<Monitor> subject, PlainTraining.Course course) {
        return new PlainTraining(subject.seed(), course);
    }

    private static void findings(Subject<Monitor> subject) {
        for (PlainTraining.Course course : PlainTraining.Course.values()) {
            Monitor.Watch watch = subject.fresh().watch(course(subject, course).training());
            if (watch == null) {
                throw new Violation("watch gives nothing", "null", "a watch");
            }
            for (Finding finding : course(subject, course).showTo(watch)) {
                if (finding == null) {
                    throw new Violation("one of the findings about " + course + " is missing", "null", "a finding");
                }
                SanityCheckClauses.requireWhole(finding, course.toString());
            }
        }
    }

    private static void calm(Subject<Monitor> subject) {
        for (int i = 0; i < SEEDS; i++) {
            long seed = KeyedRandom.key(subject.seed(), i);
            for (Finding finding : new PlainTraining(seed, PlainTraining.Course.HEALTHY).watchedBy(subject.fresh())) {
                if (finding.severity() != Finding.Severity.INFO) {
                    throw new Violation(
                            "finds '" + finding.fault() + "' in " + PlainTraining.Course.HEALTHY + ": "
                                    + finding.message(),
                            finding.measured() + " against " + finding.threshold(),
                            "nothing but notes");
                }
            }
        }
    }

    private static void stateless(Subject<Monitor> subject) {
        Monitor monitor = subject.fresh();
        Map<String, Object> before = StateProbe.look(monitor);
        for (PlainTraining.Course course : PlainTraining.Course.values()) {
            course(subject, course).watchedBy(monitor);
            StateProbe.requireUnchanged(monitor, before, "a watch over " + course);
        }
    }

    private static void independent(Subject<Monitor> subject) {
        Monitor monitor = subject.fresh();
        PlainTraining healthy = course(subject, PlainTraining.Course.HEALTHY);
        List<Finding> alone = healthy.watchedBy(subject.fresh());
        for (PlainTraining.Course course : PlainTraining.Course.values()) {
            Monitor.Watch open = monitor.watch(healthy.training());
            course(subject, course).watchedBy(monitor);
            List<Finding> found = healthy.showTo(open);
            if (!found.equals(alone)) {
                throw new Violation("another watch, over " + course + ", changes what one finds", found, alone);
            }
        }
    }

    private static void deterministic(Subject<Monitor> subject) {
        Monitor monitor = subject.fresh();
        for (PlainTraining.Course course : PlainTraining.Course.values()) {
            List<Finding> first = course(subject, course).watchedBy(monitor);
            requireSame(course(subject, course).watchedBy(monitor), first, "a second watch over " + course);
            requireSame(
                    course(subject, course).watchedBy(subject.fresh()),
                    first,
                    "a second instance's watch over " + course);
        }
    }

    private static void requireSame(List<Finding> now, List<Finding> before, String which) {
        if (!now.equals(before)) {
            throw new Violation(which + " finds something else", now, before);
        }
    }
}
