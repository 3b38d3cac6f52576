package {{package}};

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Param;
import dev.nurture.spi.SanityCheck;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for training rows that are alike and differ in their class. Of {@code n} rows that are alike a network answers at
 * most as many right as the most frequent class among them has; the share of rows that are left over is the training error
 * that no network gets below.
 */
final class {{class}} implements SanityCheck {
    private static final Param<Double> TOLERATED = Param.number("tolerated")
            .in("[0, 1]")
            .or(0.0)
            .doc("share of the training rows that may contradict others");

    static final Factory<SanityCheck> FACTORY = new Factory<>(
            SanityCheck.class,
            "{{part}}",
            "Looks for training rows that are alike and differ in their class.",
            List.of(TOLERATED),
            settings -> new {{class}}(settings.get(TOLERATED)));

    private final double tolerated;

    {{class}}(double tolerated) {
        this.tolerated = tolerated;
    }

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        if (!train.classification()) {
            return List.of();
        }
        double share = (double) contradictions(train) / train.rows();
        if (share <= tolerated) {
            return List.of();
        }
        return List.of(new Finding(
                "contradictory_labels",
                Finding.Severity.FAIL,
                "check",
                null,
                share,
                "> " + tolerated,
                String.format(
                        Locale.ROOT,
                        "%.2g of the training rows have the same values as another row and another class; most likely"
                                + " some labels are wrong, or a column that tells the rows apart is missing",
                        share),
                "clean the rows, or raise checks.{{part}}.tolerated to what is known to be in them",
                "C. Northcutt, A. Athalye, J. Mueller, Pervasive label errors in test sets, NeurIPS 2021"));
    }

    /** Returns how many rows any network must answer wrong. */
    private static int contradictions(Dataset rows) {
        Map<FloatBuffer, int[]> counts = new TreeMap<>();
        int size = rows.shape().size();
        for (int row = 0; row < rows.rows(); row++) {
            // A view of the row, which is compared by its values.
            FloatBuffer values = FloatBuffer.wrap(rows.x(), row * size, size);
            counts.computeIfAbsent(values, first -> new int[rows.width()])[rows.labels()[row]]++;
        }
        int wrong = 0;
        for (int[] count : counts.values()) {
            wrong += Arrays.stream(count).sum() - Arrays.stream(count).max().orElse(0);
        }
        return wrong;
    }
}
