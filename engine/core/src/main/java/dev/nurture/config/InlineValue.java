package dev.nurture.config;

/**
 * Values written outside YAML: after {@code key=}, in a properties file, in an XML element. What begins with a bracket,
 * a brace or a quote is read as YAML, everything else as a plain scalar to the end.
 */
final class InlineValue {
    private InlineValue() {}

    static Value read(String written, Mark mark, String path, Problems problems) {
        String text = written.strip();
        if (!text.isEmpty() && "[{\"'".indexOf(text.charAt(0)) >= 0) {
            return StrictYaml.read(text, mark, path, problems);
        }
        return PlainScalar.read(text, mark, path, problems);
    }
}
