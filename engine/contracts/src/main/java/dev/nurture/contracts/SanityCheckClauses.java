package dev.nurture.contracts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.SanityCheck;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every check promises. */
final class SanityCheckClauses {
    private static final int SEEDS = 5;
    private static final String HEALTHY = "a healthy experiment";

    static final Contract<SanityCheck> CONTRACT = new Contract<>(
            SanityCheck.class,
            List.of(
                    new Clause<>(
                            "findings",
                            "says of what it finds all that a person needs to act on it, the gravest first",
                            SanityCheckClauses::findings),
                    new Clause<>("calm", "does not stop a healthy experiment", SanityCheckClauses::calm),
                    new Clause<>("leaves_rows", "leaves the rows as they are", SanityCheckClauses::leavesRows),
                    new Clause<>("closes", "closes every rehearsal that it takes", SanityCheckClauses::closes),
                    new Clause<>("stateless", "remembers nothing from call to call", SanityCheckClauses::stateless),
                    new Clause<>(
                            "deterministic",
                            "does and finds the same again and from every instance, drawing from bench.random() alone",
                            SanityCheckClauses::deterministic)));

    private SanityCheckClauses() {}

    /** Returns new benches by what is to be said of them: a healthy one, then some that have something wrong. */
    private static Map<String, PlainBench> benches(Subject<SanityCheck> subject) {
        long seed = subject.seed();
        Dataset rows = PlainBench.healthy(seed).train();
        float[] unscaled = rows.x().clone();
        for (int i = 0; i < unscaled.length; i++) {
            unscaled[i] *= 1e4f;
        }
        float[] holed = rows.x().clone();
        int size = rows.shape().size();
        Arrays.fill(holed, 7 * size, 8 * size, Float.NaN);

        Map<String, PlainBench> benches = new LinkedHashMap<>();
        benches.put(HEALTHY, PlainBench.healthy(seed));
        benches.put("rows that are not scaled", PlainBench.of(with(rows, unscaled, rows.labels()), seed));
        benches.put("a row of NaN", PlainBench.of(with(rows, holed, rows.labels()), seed));
        benches.put(
                "one label for all rows",
                PlainBench.of(with(rows, rows.x(), new int[rows.rows()]), seed).validatedBy(rows));
        benches.put("a learning rate of 1e6", PlainBench.healthy(seed).at(1e6));
        benches.put("weights that are all the same", PlainBench.healthy(seed).symmetric());
        return benches;
    }

    private static Dataset with(Dataset rows, float[] x, int[] labels) {
        return Dataset.classification(rows.shape(), x, labels, rows.width(), rows.classNames());
    }

    /** Returns what is found, which may be used without another look at its form. */
    private static List<Finding> look(SanityCheck check, PlainBench bench) {
        List<Finding> found = check.look(bench);
        if (found == null) {
            throw new Violation("look gives nothing", "null", "a list, empty when all is well");
        }
        return found;
    }

    private static void findings(Subject<SanityCheck> subject) {
        benches(subject).forEach((what, bench) -> {
            Finding.Severity before = Finding.Severity.FAIL;
            for (Finding finding : look(subject.fresh(), bench)) {
                if (finding == null) {
                    throw new Violation("one of the findings about " + what + " is missing", "null", "a finding");
                }
                requireWhole(finding, what);
                if (finding.severity().compareTo(before) > 0) {
                    throw new Violation(
                            "the findings about " + what + " begin with lighter ones",
                            before + " before " + finding.severity(),
                            "the gravest first");
                }
                before = finding.severity();
            }
        });
    }

    static void requireWhole(Finding finding, String what) {
        String of = " of the finding '" + finding.fault() + "' about " + what;
        if (!finding.fault().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
            throw new Violation("the code" + of + " is not in snake_case", finding.fault(), "such as dead_units");
        }
        requireText(finding.message(), "the message" + of);
        if (finding.message().strip().endsWith(".")) {
            throw new Violation("the message" + of + " ends in a full stop", finding.message(), "none");
        }
        requireText(finding.advice(), "the advice" + of);
        requireText(finding.source(), "the source" + of);
        requireText(finding.threshold(), "the threshold" + of);
    }

    private static void requireText(String text, String which) {
        if (text == null || text.isBlank()) {
            throw new Violation(which + " is blank", text == null ? "null" : "'" + text + "'", "some words");
        }
    }

    private static void calm(Subject<SanityCheck> subject) {
        for (int i = 0; i < SEEDS; i++) {
            long seed = KeyedRandom.key(subject.seed(), i);
            for (Finding finding : look(subject.fresh(), PlainBench.healthy(seed))) {
                if (finding.severity() == Finding.Severity.FAIL) {
                    throw new Violation(
                            "finds '" + finding.fault() + "' in " + HEALTHY + ": " + finding.message(),
                            finding.measured() + " against " + finding.threshold(),
                            "nothing that stops it");
                }
            }
        }
    }

    private static void leavesRows(Subject<SanityCheck> subject) {
        benches(subject).forEach((what, bench) -> {
            int before = bench.rows();
            look(subject.fresh(), bench);
            if (bench.rows() != before) {
                throw new Violation("look changes the rows of " + what, "other values", "the same bits");
            }
        });
    }

    private static void closes(Subject<SanityCheck> subject) {
        benches(subject).forEach((what, bench) -> {
            look(subject.fresh(), bench);
            if (bench.open() > 0) {
                throw new Violation("look leaves rehearsals of " + what + " open", bench.open(), 0);
            }
        });
    }

    private static void stateless(Subject<SanityCheck> subject) {
        SanityCheck check = subject.fresh();
        Map<String, Object> before = StateProbe.look(check);
        benches(subject).forEach((what, bench) -> {
            look(check, bench);
            StateProbe.requireUnchanged(check, before, "a look at " + what);
        });
    }

    private static void deterministic(Subject<SanityCheck> subject) {
        SanityCheck check = subject.fresh();
        Map<String, PlainBench> first = benches(subject);
        Map<String, PlainBench> second = benches(subject);
        Map<String, PlainBench> third = benches(subject);
        first.forEach((what, bench) -> {
            List<Finding> found = look(check, bench);
            requireSame(check, second.get(what), found, bench, "a second look at " + what);
            requireSame(subject.fresh(), third.get(what), found, bench, "a look of a second instance at " + what);
        });
    }

    private static void requireSame(
            SanityCheck check, PlainBench bench, List<Finding> found, PlainBench before, String which) {
        List<Finding> now = look(check, bench);
        boolean drawn = bench.draws() > 0 || before.draws() > 0;
        String why = drawn ? "" : ", and nothing was drawn from bench.random()";
        if (!now.equals(found)) {
            throw new Violation(which + " finds something else" + why, now, found);
        }
        if (bench.asked() != before.asked()) {
            throw new Violation(
                    which + " asks something else of its rehearsals" + why, "other passes", "the same passes");
        }
    }
}
