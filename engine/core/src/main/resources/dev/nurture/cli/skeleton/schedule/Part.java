package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Rises linearly, then falls with the root of the steps: {@code min(n/W, √(W/n))} in step {@code n}, counted from 1, where
 * {@code W} is the number of steps of the warm-up, rounded, at least 1. It is 1 in step {@code W}. A. Vaswani et al.,
 * "Attention is all you need", NeurIPS 2017, section 5.3, without the factor that depends on the network.
 */
final class {{class}} implements LearningRateSchedule {
    private static final Param<Double> WARMUP =
            Param.number("warmup").in("[0, 1e6]").or(1.0).doc("epochs in which it rises");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "{{part}}",
            "The learning rate rises linearly, then falls with the root of the steps (Vaswani et al. 2017).",
            List.of(WARMUP),
            settings -> new {{class}}(settings.get(WARMUP)));

    private final double warmup;

    {{class}}(double warmup) {
        this.warmup = warmup;
    }

    @Override
    public double factor(Progress progress) {
        double n = progress.step() + 1;
        double rise = Math.max(1, Math.rint(warmup * progress.stepsPerEpoch()));
        return Math.min(n / rise, Math.sqrt(rise / n));
    }
}
