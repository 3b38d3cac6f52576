package dev.nurture.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** Puts template, style, scripts and data together. */
final class Page {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Page() {}

    /**
     * Returns a page.
     *
     * @param script the resource that draws it
     */
    static String of(String title, String script, JsonElement data) {
        String version = uPlotVersion();
        String uPlot = "/META-INF/resources/webjars/uplot/" + version + "/";
        String licence =
                "/*\nuPlot " + version + "\n\n" + resource(uPlot + "LICENSE").strip() + "\n*/\n";
        String style = "\n" + resource(uPlot + "dist/uPlot.min.css").strip() + "\n" + PageParts.css();
        String library =
                "\n" + licence + resource(uPlot + "dist/uPlot.iife.min.js").strip() + "\n";
        String drawing = "\n" + resource("charts.js") + resource(script);
        Map<String, String> parts = Map.of(
                "title", PageParts.escaped(title),
                "style", style,
                "style_hash", PageParts.hash(style),
                "library", library,
                "library_hash", PageParts.hash(library),
                "drawing", drawing,
                "drawing_hash", PageParts.hash(drawing),
                // Within a script element only '<' can end it or begin a comment.
                "data", GSON.toJson(data).replace("<", "\\u003c"));
        return PageParts.filled(resource("page.html"), parts);
    }

    /** Returns the first of the keys' values that is a text, or the empty text. */
    static String text(JsonObject object, String... keys) {
        for (String key : keys) {
            if (object.has(key) && object.get(key).isJsonPrimitive()) {
                return object.get(key).getAsString();
            }
        }
        return "";
    }

    private static String uPlotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String resource(String name) {
        return PageParts.resource(Page.class, name);
    }
}
