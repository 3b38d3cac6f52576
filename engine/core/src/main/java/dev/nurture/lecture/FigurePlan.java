package dev.nurture.lecture;

import java.util.List;
import java.util.Map;

/**
 * A picture of a part.
 *
 * @param name of its file, without an ending
 * @param needs the runs and ensembles that it shows
 */
public record FigurePlan(String name, String caption, List<String> needs, Drawing drawing) {
    public FigurePlan {
        needs = List.copyOf(needs);
    }

    /** Draws a picture. */
    @FunctionalInterface
    public interface Drawing {
        /**
         * Returns it as SVG.
         *
         * @param runs what came of runs and ensembles, by their names; none of those that it needs is missing
         * @throws IllegalArgumentException if it cannot be drawn of them, with a message for the user
         */
        String draw(Map<String, RunOutcome> runs);
    }
}
