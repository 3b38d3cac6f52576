package dev.nurture.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.nurture.run.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts template, style, scripts and data together. */
final class Page {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

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
        String style = "\n" + resource(uPlot + "dist/uPlot.min.css").strip() + "\n" + resource("page.css");
        String library =
                "\n" + licence + resource(uPlot + "dist/uPlot.iife.min.js").strip() + "\n";
        String drawing = "\n" + resource("charts.js") + resource(script);
        Map<String, String> parts = Map.of(
                "title", escaped(title),
                "style", style,
                "style_hash", hash(style),
                "library", library,
                "library_hash", hash(library),
                "drawing", drawing,
                "drawing_hash", hash(drawing),
                // Within a script element only '<' can end it or begin a comment.
                "data", GSON.toJson(data).replace("<", "\\u003c"));
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
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
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns by what a content security policy knows an inline script or style. */
    private static String hash(String text) {
        byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
