package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.plugin.PluginException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Finds out, from any thread and while a run goes on, what it is at and whose code is at work. */
public final class Whereabouts {
    private final Thread training;
    private final List<Thread> workers;
    private final Activity activity;
    private final TrainingProgress progress;

    /**
     * Where a run was found.
     *
     * @param plugin whose code was at work; null when none was
     * @param subject the layer or tensor; null when it is not known
     * @param where as in "in …", such as {@code forward pass of layer dense_1, step 7}
     */
    public record Place(String plugin, String subject, String where) {}

    /** Takes an experiment; on the thread that trains it. */
    public Whereabouts(Experiment experiment) {
        training = Thread.currentThread();
        workers = experiment.workers();
        activity = experiment.network().activity();
        progress = experiment.trainer().progress();
    }

    /** Returns where it is now. */
    public Place now() {
        // The training thread waits for workers within the layer that it called; so what a worker does tells more.
        for (int i = 0; i < workers.size(); i++) {
            String plugin = PluginException.pluginOn(workers.get(i).getStackTrace());
            if (plugin != null) {
                return place(plugin, i + 1);
            }
        }
        return place(PluginException.pluginOn(training.getStackTrace()), 0);
    }

    /** Returns where a plugin's code has asked the JVM to exit, if one has; for a shutdown hook. */
    public Optional<Place> exit() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            boolean exits = Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                            && frame.getMethodName().equals("exit"));
            String plugin = exits ? PluginException.pluginOn(thread.getValue()) : null;
            if (plugin != null) {
                return Optional.of(place(plugin, 1 + workers.indexOf(thread.getKey())));
            }
        }
        return Optional.empty();
    }

    private Place place(String plugin, int worker) {
        Activity.Work work = activity.of(worker);
        long step = progress.step();
        String moment = activity.training() ? "step " + (step + 1) : "evaluation after step " + step;
        return work == null
                ? new Place(plugin, null, moment)
                : new Place(plugin, work.subject(), work.what() + ", " + moment);
    }

    /** Starts to watch for the case that nothing moves any more; see {@link StallWatch}. */
    public StallWatch watch(double seconds, DoubleConsumer stalled) {
        return new StallWatch(activity, seconds, stalled);
    }

    /** Interrupts the training thread and its workers. */
    public void interrupt() {
        List<Thread> all = new ArrayList<>(workers);
        all.add(training);
        all.forEach(Thread::interrupt);
    }
}
