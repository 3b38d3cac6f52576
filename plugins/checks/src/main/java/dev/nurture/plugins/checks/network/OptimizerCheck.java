package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks at the first steps of the optimizer: whether they are finite, go downhill, and are as long as the rate says. */
final class OptimizerCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "optimizer",
            "Looks whether the first steps of the optimizer are finite, go downhill, and are as long as the learning rate"
                    + " says.",
            OptimizerCheck::new);

    private static final String SOURCE = "D. Kingma and J. Ba, Adam, ICLR 2015: bias correction; CS231n notes, neural"
            + " networks 3: parameter updates";

    private static final int STEPS = 3;
    private static final int ROWS = 64;

    /** Their first steps are longer than the rate, or have nothing to do with it, by their own formula. */
    private static final Set<String> OTHER_FIRST_STEP = Set.of("rmsprop", "adadelta");

    /** A first step whose values all have one size within this is one of the kind of Adam. */
    private static final double ALIKE = 0.02;

    /** Without correction of beta 0.9 and 0.999 the first step is 3.16 times the rate. */
    private static final double TOO_LONG = 1.5;

    @Override
    public List<Finding> look(Bench bench) {
        if (!(bench.plan().learningRate() > 0)) {
            return List.of();
        }
        try (Rehearsal rehearsal = bench.rehearse()) {
            List<Rehearsal.Tensor> tensors = rehearsal.tensors();
            for (int step = 0; step < STEPS; step++) {
                rehearsal.step(step + 1);
                double loss = rehearsal.forward(
                        Rows.first(Rows.batch(bench, step), Math.min(ROWS, rehearsal.capacity())), true);
                if (!Double.isFinite(loss)) {
                    // After a step that was finite it is the rate's fault, and another check's business.
                    return List.of();
                }
                rehearsal.backward();
                List<float[]> before =
                        tensors.stream().map(tensor -> tensor.values().clone()).toList();
                List<float[]> gradients = tensors.stream()
                        .map(tensor -> tensor.gradient().clone())
                        .toList();
                if (!gradients.stream().allMatch(OptimizerCheck::finite)) {
                    return List.of();
                }
                rehearsal.update(bench.plan().learningRate());
                Optional<Finding> wrong = wrong(bench, tensors, before, gradients, step);
                if (wrong.isPresent()) {
                    return List.of(wrong.get());
                }
            }
            return List.of();
        }
    }

    private static Optional<Finding> wrong(
            Bench bench, List<Rehearsal.Tensor> tensors, List<float[]> before, List<float[]> gradients, int step) {
        double downhill = 0;
        double slope = 0;
        double sizes = 0;
        double squares = 0;
        long count = 0;
        for (int i = 0; i < tensors.size(); i++) {
            float[] after = tensors.get(i).values();
            if (!finite(after)) {
                return Optional.of(finding(
                        tensors.get(i).name(),
                        Double.NaN,
                        "finite",
                        Finding.Severity.FAIL,
                        "step " + (step + 1) + " leaves values in "
                                + tensors.get(i).name() + " that are not finite, from weights and gradients that are"));
            }
            float[] gradient = gradients.get(i);
            for (int j = 0; j < after.length; j++) {
                double change = (double) after[j] - before.get(i)[j];
                downhill += change * gradient[j];
                slope += (double) gradient[j] * gradient[j];
                // What Adam divides by must be well above its epsilon.
                if (Math.abs(gradient[j]) > 1e-5) {
                    double size = Math.abs(change) / bench.plan().learningRate();
                    sizes += size;
                    squares += size * size;
                    count++;
                }
            }
        }
        if (step == 0 && slope > 0 && downhill > 0) {
            return Optional.of(finding(
                    "weights",
                    downhill,
                    "> 0",
                    Finding.Severity.FAIL,
                    "the first step goes uphill, along the gradient"));
        }
        double mean = sizes / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        boolean likeAdam = count > 1 && deviation < ALIKE * mean;
        if (step == 0
                && likeAdam
                && mean > TOO_LONG
                && !OTHER_FIRST_STEP.contains(bench.plan().optimizerName())) {
            return Optional.of(finding(
                    "weights",
                    mean,
                    "> " + TOO_LONG,
                    Finding.Severity.WARN,
                    String.format(
                            Locale.ROOT,
                            "the first step moves every weight by %.3g times the learning rate; most likely the running"
                                    + " averages are not corrected for beginning at zero",
                            mean)));
        }
        return Optional.empty();
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static Finding finding(
            String subject, double measured, String threshold, Finding.Severity severity, String message) {
        return new Finding(
                        "optimizer_step",
                        severity,
                        "check",
                        subject,
                        measured,
                        threshold,
                        message,
                        "name another optimizer, such as adam, or repair its plugin",
                        SOURCE)
                .remedied("optimizer=adam");
    }
}
