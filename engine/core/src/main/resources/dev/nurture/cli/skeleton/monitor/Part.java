package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Param;
import dev.nurture.spi.StepStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Watches for batches whose loss is far above the running mean {@code m ← 0.98 m + 0.02 loss}: some rows may be read wrong.
 */
final class {{class}} implements Monitor {
    private static final Param<Double> FACTOR = Param.number("factor")
            .in("(1, inf)")
            .or(10.0)
            .doc("how many times the running mean a loss is told from");

    static final Factory<Monitor> FACTORY = new Factory<>(
            Monitor.class,
            "{{part}}",
            "Watches for batches whose loss is far above its running mean.",
            List.of(FACTOR),
            settings -> new {{class}}(settings.get(FACTOR)));

    /** Steps after which the mean is one of many batches. */
    private static final long SETTLED = 50;

    private static final double KEPT = 0.98;

    private final double factor;

    {{class}}(double factor) {
        this.factor = factor;
    }

    @Override
    public Watch watch(Training training) {
        return new Spikes();
    }

    /** What is remembered of one training. */
    private final class Spikes implements Watch {
        private double mean = Double.NaN;
        private double greatest;
        private long at;

        @Override
        public void stepped(long step, double loss) {
            if (step > SETTLED && loss > factor * mean && loss / mean > greatest) {
                greatest = loss / mean;
                at = step;
            }
            mean = Double.isNaN(mean) ? loss : KEPT * mean + (1 - KEPT) * loss;
        }

        @Override
        public List<Finding> sampled(StepStatistics statistics) {
            return at == 0 ? List.of() : List.of(finding());
        }

        private Finding finding() {
            return new Finding(
                    "loss_spike",
                    Finding.Severity.WARN,
                    "train",
                    "loss",
                    greatest,
                    "> " + factor,
                    String.format(
                            Locale.ROOT,
                            "the loss of step %d was %.3g times its running mean; most likely some rows of that batch are"
                                    + " read wrong",
                            at,
                            greatest),
                    "look at the rows with the greatest loss, or set training.clip_norm",
                    "A. Karpathy, A recipe for training neural networks (2019)");
        }
    }
}
