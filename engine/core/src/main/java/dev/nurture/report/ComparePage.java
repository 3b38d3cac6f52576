package dev.nurture.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several runs side by side. */
public final class ComparePage {
    /** What the page shows of a run; the rest of its data would only make the page large. */
    private static final List<String> SHOWN = List.of("name", "run", "status", "seed", "metrics", "epochs");

    private ComparePage() {}

    /**
     * Returns the page; the same data give the same text.
     *
     * @param runs the data of each, as for {@link ReportPage}
     */
    public static String of(List<JsonObject> runs) {
        JsonArray shown = new JsonArray();
        for (JsonObject run : runs) {
            JsonObject part = new JsonObject();
            for (String key : SHOWN) {
                if (run.has(key)) {
                    part.add(key, run.get(key));
                }
            }
            shown.add(part);
        }
        JsonObject data = new JsonObject();
        data.add("runs", shown);
        data.add("differences", differences(runs));
        return Page.of(runs.size() + " runs compared", "compare.js", data);
    }

    /** Returns the keys whose values are not the same in all definitions, with the value in each or null. */
    private static JsonArray differences(List<JsonObject> runs) {
        List<Map<String, String>> definitions =
                runs.stream().map(ComparePage::definition).toList();
        Set<String> paths = new LinkedHashSet<>();
        definitions.forEach(definition -> paths.addAll(definition.keySet()));
        JsonArray differences = new JsonArray();
        for (String path : paths) {
            List<String> values = new ArrayList<>();
            definitions.forEach(definition -> values.add(definition.get(path)));
            if (values.stream().distinct().count() > 1) {
                JsonArray each = new JsonArray();
                values.forEach(each::add);
                JsonObject difference = new JsonObject();
                difference.addProperty("path", path);
                difference.add("values", each);
                differences.add(difference);
            }
        }
        return differences;
    }

    private static Map<String, String> definition(JsonObject run) {
        JsonElement text = run.get("definition");
        return text == null || text.isJsonNull() ? new LinkedHashMap<>() : FlatYaml.read(text.getAsString());
    }
}
