package dev.nurture.report;

import com.google.gson.JsonObject;

/** The report of one run. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * Returns the page; the same data give the same text.
     *
     * @param data of the run; what is missing or null is left out of the page
     */
    public static String of(JsonObject data) {
        return Page.of(Page.text(data, "name", "run"), "page.js", data);
    }
}
