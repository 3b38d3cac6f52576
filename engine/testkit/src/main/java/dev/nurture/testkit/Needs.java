package dev.nurture.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine it runs on. */
public final class Needs {
    private Needs() {}

    /**
     * Skips the test, with a reason, where something that it needs is not there. With {@code NURTURE_SKIP_NOTHING=true} in
     * the environment it fails instead, so that a run that is to prove something cannot pass by skipping.
     */
    public static void that(boolean there, String missing) {
        if ("true".equals(System.getenv("NURTURE_SKIP_NOTHING"))) {
            Assertions.assertTrue(there, missing);
        } else {
            Assumptions.assumeTrue(there, "skipped: " + missing);
        }
    }
}
