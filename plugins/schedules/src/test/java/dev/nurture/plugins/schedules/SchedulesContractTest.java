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
            default -> null;
        };
    }

    private static double epochs(Progress at) {
        return (double) at.step() / at.stepsPerEpoch();
    }

    private static double get(Sample<?> sample, String parameter) {
        return (Double) sample.value(parameter);
    }
}
