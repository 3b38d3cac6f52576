package dev.nurture.lecture;

import com.google.gson.JsonObject;
import dev.nurture.measure.RunMeasures;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run, or of an ensemble.
 *
 * @param missing why it could not begin: its data have not been fetched
 * @param data gathered of it; null where it could not begin
 * @param unmet a sentence for each of its expectations that was not met
 */
public record RunOutcome(Optional<String> missing, JsonObject data, List<String> unmet) {
    public RunOutcome {
        unmet = List.copyOf(unmet);
    }

    /** Returns that of a run whose data are not there. */
    public static RunOutcome missing(String why) {
        return new RunOutcome(Optional.of(why), null, List.of());
    }

    /** Returns that of a run that went to its end, whatever that was. */
    public static RunOutcome of(JsonObject data, List<String> unmet) {
        return new RunOutcome(Optional.empty(), data, unmet);
    }

    RunMeasures measures() {
        return new RunMeasures(data);
    }
}
