package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.LearningRateSchedule;

/** The learning rate of each step: the optimizer's own times the factor of the schedule, which is held to its contract. */
public final class LearningRate {
    private static final Activity.Work WORK = new Activity.Work("the learning rate schedule", "learning_rate");

    private final float initial;
    private final LearningRateSchedule schedule;
    private final Origin origin;

    /**
     * Takes the two.
     *
     * @param initial the rate before the schedule
     * @param origin of the schedule
     */
    public LearningRate(float initial, LearningRateSchedule schedule, Origin origin) {
        this.initial = initial;
        this.schedule = schedule;
        this.origin = origin;
    }

    /**
     * Returns the rate of the next step, finite and at least 0.
     *
     * @throws PluginException if the schedule's plugin fails, or gives a factor that makes it anything else
     */
    float at(LearningRateSchedule.Progress progress, Activity activity) {
        activity.begin(WORK);
        double factor;
        try {
            factor = schedule.factor(progress);
        } catch (Throwable e) {
            throw PluginException.in(WORK.what(), e, origin);
        }
        float rate = (float) (initial * factor);
        if (!(factor >= 0) || !Float.isFinite(rate)) {
            throw PluginException.breach(origin, "gave a factor of " + factor, WORK.what());
        }
        return rate;
    }
}
