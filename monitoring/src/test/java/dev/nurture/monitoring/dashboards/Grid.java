package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonArray;
import java.util.List;

/** Places panels row by row on a page of 24 columns and numbers them. */
final class Grid {
    static final int COLUMNS = 24;

    private final JsonArray panels = new JsonArray();
    private int y;

    /** Panels that name no width share what the others leave. */
    void row(int height, List<Panel> row) {
        int named = row.stream().mapToInt(Panel::width).sum();
        int open = (int) row.stream().filter(panel -> panel.width() == 0).count();
        int left = COLUMNS - named;
        if (open == 0 ? left != 0 : left < open) {
            throw new IllegalArgumentException("a row does not fill " + COLUMNS + " columns: " + row);
        }
        int x = 0;
        for (Panel panel : row) {
            // What does not divide goes to the first.
            int width = panel.width() == 0 ? (left + open - 1) / open : panel.width();
            if (panel.width() == 0) {
                left -= width;
                open--;
            }
            panels.add(panel.json(panels.size() + 1, Json.object("h", height, "w", width, "x", x, "y", y)));
            x += width;
        }
        y += height;
    }

    JsonArray panels() {
        return panels;
    }
}
