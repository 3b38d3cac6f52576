package dev.nurture.plugins.checks.data;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at the values that the network gets: whether they are numbers, centred, of a sensible scale, and not constant. */
final class InputCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "input",
            "Looks for values that are not finite, not centred, far too large or small, or constant, in the rows as the"
                    + " network gets them (CS231n lecture 6, data preprocessing).",
            InputCheck::new);

    private static final String SOURCE = "CS231n lecture 6, data preprocessing";
    private static final String NORMALIZE = "preprocess=[zero_mean, normalize]";

    /** Values looked at for statistics; a mean is known to a thousandth of a deviation then. */
    private static final int MOST_VALUES = 20_000_000;

    /** FAULTS: a mean of more than a fifth of the deviation. */
    private static final double UNCENTRED = 0.2;

    /** FAULTS: pixels of 0 to 255 have a deviation of 64 and are healthy in the lecture; 1e4 times that are not. */
    private static final double LARGE = 3e2;

    private static final double SMALL = 1e-2;

    /** Beyond this factor outside, no usual rate trains. */
    private static final double HOPELESS = 10;

    /** Of pixels away from the border, so many may be constant; all digits leave some of theirs blank. */
    private static final double CONSTANT_PIXELS = 0.2;

    private static final int ENOUGH_ROWS = 50;

    @Override
    public List<Finding> look(Bench bench) {
        List<Finding> findings = new ArrayList<>();
        notFinite("training", bench.train()).ifPresent(findings::add);
        bench.validation().flatMap(rows -> notFinite("validation", rows)).ifPresent(findings::add);
        bench.test().flatMap(rows -> notFinite("test", rows)).ifPresent(findings::add);
        if (!findings.isEmpty()) {
            return findings;
        }
        int size = bench.train().shape().size();
        FeatureStatistics features = FeatureStatistics.of(Rows.first(bench.train(), Math.max(1, MOST_VALUES / size)));
        scale(features).ifPresent(findings::add);
        uncentred(features).ifPresent(findings::add);
        constant(features).ifPresent(findings::add);
        findings.sort((a, b) -> b.severity().compareTo(a.severity()));
        return findings;
    }

    private static Optional<Finding> notFinite(String split, Dataset rows) {
        long count = 0;
        int first = -1;
        for (int i = 0; i < rows.x().length; i++) {
            if (!Float.isFinite(rows.x()[i])) {
                first = count++ == 0 ? i : first;
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        int size = rows.shape().size();
        return Optional.of(new Finding(
                "non_finite_data",
                Finding.Severity.FAIL,
                "check",
                "column " + first % size,
                count,
                "> 0",
                String.format(
                        Locale.ROOT,
                        "%,d values of the %s rows are not finite, the first in row %,d, column %,d; either the data has"
                                + " gaps, or preprocessing divides by zero",
                        count,
                        split,
                        first / size,
                        first % size),
                "fill or leave out the gaps in the data; where a column is constant, leave out the step that divides by"
                        + " its deviation",
                SOURCE));
    }

    private static Optional<Finding> scale(FeatureStatistics features) {
        double std = features.std();
        double factor = std > LARGE ? std / LARGE : std < SMALL && std > 0 ? SMALL / std : 0;
        if (factor == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "input_scale",
                        factor > HOPELESS ? Finding.Severity.FAIL : Finding.Severity.WARN,
                        "check",
                        "input",
                        std,
                        "outside [" + SMALL + ", " + LARGE + "]",
                        String.format(
                                Locale.ROOT,
                                "the inputs have a standard deviation of %.3g; most likely they are not scaled, or"
                                        + " scaled twice",
                                std),
                        "bring them to a deviation near 1: preprocess: [zero_mean, normalize]",
                        SOURCE)
                .remedied(NORMALIZE));
    }

    private static Optional<Finding> uncentred(FeatureStatistics features) {
        double offset = features.offset();
        if (offset <= UNCENTRED + 4 / Math.sqrt(features.rows())) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "uncentred_input",
                        Finding.Severity.WARN,
                        "check",
                        "input",
                        offset,
                        "> " + UNCENTRED,
                        String.format(
                                Locale.ROOT,
                                "the inputs lie %.2g standard deviations off zero; without zero-mean inputs all weights"
                                        + " of a unit are pushed the same way",
                                offset),
                        "subtract the mean: put zero_mean (or channel_mean, for images) first in preprocess",
                        SOURCE)
                .remedied(NORMALIZE));
    }

    private static Optional<Finding> constant(FeatureStatistics features) {
        int constant = features.constant();
        boolean many = features.pixels()
                ? constant > CONSTANT_PIXELS * features.inner() || features.constantChannels() > 0
                : constant > 0;
        if (!many || features.rows() < ENOUGH_ROWS || constant == 0 && features.constantChannels() == 0) {
            return Optional.empty();
        }
        String what = features.pixels() ? "pixels away from the border" : "columns";
        return Optional.of(new Finding(
                "constant_feature",
                Finding.Severity.WARN,
                "check",
                "column " + features.firstConstant(),
                constant,
                features.pixels() ? "> " + CONSTANT_PIXELS + " of them" : "> 0",
                String.format(
                        Locale.ROOT,
                        "%,d %s have the same value in all %,d rows, the first of them column %,d; they tell the network"
                                + " nothing, and most likely something was lost on the way",
                        constant,
                        what,
                        features.rows(),
                        features.firstConstant()),
                "look at how the data is read, or leave these columns out",
                SOURCE));
    }
}
