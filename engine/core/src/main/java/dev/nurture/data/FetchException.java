package dev.nurture.data;

import java.io.IOException;
import java.util.List;

/** Files of a data set could not be brought; the message says which, why, and what to do, a sentence a problem. */
public class FetchException extends IOException {
    private static final long serialVersionUID = 1;

    FetchException(String problem) {
        super(problem);
    }

    FetchException(String problem, Throwable cause) {
        super(problem, cause);
    }

    /** Gathers the problems of a data set in one message, a line each when there are several. */
    static FetchException of(String dataset, List<String> problems) {
        String head = "data set '" + dataset + "': ";
        return new FetchException(
                problems.size() == 1
                        ? head + problems.get(0)
                        : head + problems.size() + " problems\n  " + String.join("\n  ", problems));
    }
}
