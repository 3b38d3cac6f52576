package dev.nurture.monitoring.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the metrics in PromQL, enough of it for what is written here: each has a name. */
final class PromQl {
    private static final Pattern GROUPED =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:.])([a-zA-Z_][a-zA-Z0-9_:]*)(?:\\{([^}]*)\\})?(\\s*\\()?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    private PromQl() {}

    /**
     * A metric that is asked for.
     *
     * @param matchers what stands in braces, without the values
     */
    record Selector(String metric, String matchers) {
        Set<String> labels() {
            return words(LABEL, matchers);
        }
    }

    static List<Selector> selectors(String expr) {
        String bare = GROUPED.matcher(expr.replaceAll("\"[^\"]*\"", ""))
                .replaceAll(" ")
                .replaceAll("\\[[^\\]]*\\]", "");
        List<Selector> selectors = new ArrayList<>();
        Matcher matcher = NAME.matcher(bare);
        while (matcher.find()) {
            boolean called = matcher.group(3) != null;
            if (!called && !WORDS.contains(matcher.group(1))) {
                selectors.add(new Selector(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
            }
        }
        return selectors;
    }

    /** Returns the labels that a query keeps or joins by. */
    static Set<String> grouped(String expr) {
        Set<String> labels = new TreeSet<>();
        Matcher matcher = GROUPED.matcher(expr.replaceAll("\"[^\"]*\"", ""));
        while (matcher.find()) {
            labels.addAll(words(Pattern.compile("(\\w+)"), matcher.group(2)));
        }
        return labels;
    }

    private static Set<String> words(Pattern pattern, String text) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }
}
