package dev.nurture.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads changes to a definition as they stand in the tables. */
final class Changes {
    private static final Pattern RANGE = Pattern.compile("\\[(\\d+)-(\\d+)]");

    private Changes() {}

    /** Returns the changes that blanks outside braces and brackets separate; {@code [0-5]} in a key stands for six. */
    static List<String> of(String text) {
        List<String> changes = new ArrayList<>();
        StringBuilder one = new StringBuilder();
        int depth = 0;
        for (char c : (text + " ").toCharArray()) {
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (c == ' ' && depth == 0) {
                if (one.length() > 0) {
                    addTo(changes, one.toString());
                }
                one.setLength(0);
            } else {
                one.append(c);
            }
        }
        return changes;
    }

    private static void addTo(List<String> changes, String change) {
        int equals = change.indexOf('=');
        Matcher range = RANGE.matcher(change.substring(0, Math.max(0, equals)));
        if (!range.find()) {
            changes.add(change);
            return;
        }
        for (int i = Integer.parseInt(range.group(1)); i <= Integer.parseInt(range.group(2)); i++) {
            changes.add(range.replaceFirst("[" + i + "]") + change.substring(equals));
        }
    }
}
