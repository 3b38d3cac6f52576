package dev.nurture.report;

import dev.nurture.run.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pages have in common. Stateless. */
public final class PageParts {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

    private PageParts() {}

    /** Returns the style sheet of all pages. */
    public static String css() {
        return resource(PageParts.class, "page.css");
    }

    /**
     * Returns a template with each {@code {{name}}} replaced; what stands in the parts is not looked at again.
     *
     * @param parts by name
     */
    public static String filled(String template, Map<String, String> parts) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    /** Returns the text of a resource beside a class. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns by what a content security policy knows an inline script or style. */
    public static String hash(String text) {
        byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    /** Returns text as it stands in HTML, in an element or an attribute in double quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
