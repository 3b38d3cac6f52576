package dev.nurture.train;

import dev.nurture.config.Definition;
import dev.nurture.model.Activity;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The monitors of one training, held to their contract; of what they find each thing is told once. For the training thread. */
public final class Monitoring {
    /** In which findings are made. */
    static final String PHASE = "train";

    private final int interval;
    private final Activity activity;
    private final List<Open> open = new ArrayList<>();
    private final Set<Told> told = new HashSet<>();
    private final StepProbe probe;
    private boolean looking;

    /** A monitor at work. */
    private record Open(Monitor.Watch watch, Activity.Work work, Origin origin, Finding.Severity most) {}

    private record Told(String fault, String subject) {
        Told(Finding finding) {
            this(finding.fault(), finding.subject());
        }
    }

    /**
     * Opens a watch of each monitor.
     *
     * @param probe what they see of the network
     * @throws PluginException if the plugin of one fails
     */
    Monitoring(Definition.Monitors monitors, Monitor.Training training, StepProbe probe, Activity activity) {
        interval = monitors.interval();
        this.probe = probe;
        this.activity = activity;
        for (Definition.Guard guard : monitors.enabled()) {
            Activity.Work work = new Activity.Work(
                    "monitor '" + guard.part().name() + "'", guard.part().path());
            Origin origin = guard.part().origin();
            Monitor.Watch watch;
            try {
                watch = guard.part().create(Monitor.class).watch(training);
            } catch (Throwable e) {
                throw PluginException.in(work.what(), e, origin);
            }
            if (watch == null) {
                throw PluginException.breach(origin, "gave no watch", work.what());
            }
            open.add(new Open(watch, work, origin, guard.stop() ? Finding.Severity.FAIL : Finding.Severity.WARN));
        }
    }

    /** Looks at what the passes of a step left, before the update, if that step is one to look at. */
    void beforeUpdate(long step, int rows) {
        looking = !open.isEmpty() && (step - 1) % interval == 0;
        if (looking) {
            probe.beforeUpdate(rows);
        }
    }

    /** Tells of the step, and returns what it did inside the network, if it is one to look at. */
    Optional<StepStatistics> afterUpdate(long step, int epoch, double learningRate, double loss) {
        for (Open one : open) {
            activity.begin(one.work);
            try {
                one.watch.stepped(step, loss);
            } catch (Throwable e) {
                throw PluginException.in(one.work.what(), e, one.origin);
            }
        }
        return looking ? Optional.of(probe.afterUpdate(step, epoch, learningRate, loss)) : Optional.empty();
    }

    /** Returns what a batch that nothing is learned from left in the network. */
    StepStatistics untrained(int rows, double loss) {
        probe.lookAtAll(rows);
        return probe.afterUpdate(0, 0, 0, loss);
    }

    /** Returns what is found in the statistics of a step, and was not found before. */
    List<Finding> sampled(StepStatistics statistics) {
        return ask(watch -> watch.sampled(statistics));
    }

    /** Returns what is found in the figures of an epoch, and was not found before. */
    List<Finding> evaluated(Monitor.EpochStatistics statistics) {
        return ask(watch -> watch.evaluated(statistics));
    }

    /** Tells of an epoch of which what could be found has been found. */
    void retell(Monitor.EpochStatistics statistics) {
        ask(watch -> watch.evaluated(statistics));
    }

    /** Takes what was found before training was taken up again, so that it is not told twice. */
    void toldBefore(Finding finding) {
        told.add(new Told(finding));
    }

    private List<Finding> ask(Function<Monitor.Watch, List<Finding>> question) {
        List<Finding> fresh = new ArrayList<>();
        for (Open one : open) {
            activity.begin(one.work);
            List<Finding> found;
            try {
                found = question.apply(one.watch);
            } catch (Throwable e) {
                throw PluginException.in(one.work.what(), e, one.origin);
            }
            if (found == null || found.stream().anyMatch(Objects::isNull)) {
                String did = "gave null where a finding or a list of them belongs";
                throw PluginException.breach(one.origin, did, one.work.what());
            }
            for (Finding finding : found) {
                if (told.add(new Told(finding))) {
                    fresh.add(finding.in(PHASE).atMost(one.most));
                }
            }
        }
        return fresh;
    }
}
