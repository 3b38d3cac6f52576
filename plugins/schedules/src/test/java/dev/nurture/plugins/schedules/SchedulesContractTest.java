package dev.nurture.plugins.schedules;

import dev.nurture.contracts.Sample;
import dev.nurture.contracts.ScheduleReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.LearningRateSchedule.Progress;
import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

/** Every schedule against the contract, and against its formula where that says more than the code. */
class SchedulesContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new SchedulesPlugin();
    }

    @Override
    protected <T> Subject<T> state(Sample<T> sample, Subject<T> subject) {
        return subject.with(ScheduleReference.class, formula(sample));
    }

    private static ScheduleReference formula(Sample<?> sample) {
        return switch (sample.factory().name()) {
            case "constant" -> at -> 1;
            case "step" ->
                at -> {
                    double factor = 1;
                    for (long epoch = (Integer) sample.value("every"); epoch <= epochs(at); ) {
                        factor *= get(sample, "factor");
                        epoch += (Integer) sample.value("every");
                    }
                    return factor;
                };
            // CS231n's two, with k for how fast they fall.
            case "exponential" -> at -> Math.exp(Math.log(get(sample, "factor")) * epochs(at));
            case "inverse_time" -> at -> 1 / (1 + get(sample, "decay") * epochs(at));
            // Half a cosine wave is the square of a quarter.
            case "cosine" ->
                at -> {
                    double end = get(sample, "final");
                    return end + (1 - end) * square(Math.cos(Math.PI / 2 * at.step() / at.totalSteps()));
                };
            case "one_cycle" ->
                at -> {
                    long top = Math.round(get(sample, "warmup") * at.totalSteps());
                    double start = get(sample, "initial");
                    double end = get(sample, "final");
                    return at.step() < top
                            ? start + (1 - start) * square(Math.sin(Math.PI / 2 * at.step() / top))
                            : end
                                    + (1 - end)
                                            * square(Math.cos(Math.PI
                                                    / 2
                                                    * (at.step() - top)
                                                    / Math.max(1, at.totalSteps() - top)));
                };
            default -> null;
        };
    }

    private static double square(double value) {
        return value * value;
    }

    private static double epochs(Progress at) {
        return (double) at.step() / at.stepsPerEpoch();
    }

    private static double get(Sample<?> sample, String parameter) {
        return (Double) sample.value(parameter);
    }
}
