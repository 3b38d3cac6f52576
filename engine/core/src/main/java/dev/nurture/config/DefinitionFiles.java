package dev.nurture.config;

import dev.nurture.plugin.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads a definition's file and those it extends. */
final class DefinitionFiles {
    static final String EXTENDS = "extends";

    private static final int BYTES = 1 << 20;

    private final Problems problems;

    DefinitionFiles(Problems problems) {
        this.problems = problems;
    }

    /** Returns a mapping a file, each file before the one it extends; none if one of them cannot be read to its end. */
    List<Value.Mapping> read(Path file) {
        List<Value.Mapping> layers = new ArrayList<>();
        List<Path> chain = new ArrayList<>();
        Path next = file;
        Mark from = new Mark(file.toString(), 0);
        while (next != null) {
            Path identity = next.toAbsolutePath().normalize();
            chain.add(next);
            if (chain.stream()
                            .filter(path -> path.toAbsolutePath().normalize().equals(identity))
                            .count()
                    > 1) {
                String circle =
                        String.join(" → ", chain.stream().map(Path::toString).toList());
                problems.add(from, EXTENDS, "goes round in a circle: " + circle);
                return List.of();
            }
            String text = text(next, from, chain.size() > 1);
            if (text == null) {
                return List.of();
            }
            Mark start = new Mark(next.toString(), 1);
            Value value = parse(next, text, start);
            if (!(value instanceof Value.Mapping mapping)) {
                if (!(value instanceof Value.Refused)) {
                    problems.add(start, "", "expected a mapping of keys to values, not " + Value.describe(value));
                }
                return List.of();
            }
            layers.add(mapping.without(List.of(EXTENDS)));
            Value base = mapping.get(EXTENDS).orElse(null);
            if (base == null) {
                return layers;
            }
            from = base.mark();
            next = base(next, base);
        }
        return List.of();
    }

    private Path base(Path file, Value base) {
        if (base instanceof Value.Refused) {
            return null;
        }
        if (!(base instanceof Value.Scalar scalar)) {
            problems.add(base.mark(), EXTENDS, "expected the path of one definition, not " + Value.describe(base));
            return null;
        }
        if (scalar.text().contains("${")) {
            problems.add(base.mark(), EXTENDS, "cannot refer to ${…}: the file must be known before anything else");
            return null;
        }
        try {
            return file.resolveSibling(scalar.text()).normalize();
        } catch (InvalidPathException e) {
            problems.add(base.mark(), EXTENDS, Shown.quoted(scalar.text()) + " is not a path");
            return null;
        }
    }

    private Value parse(Path file, String text, Mark start) {
        return switch (ending(file)) {
            case "json" -> StrictYaml.read(text.replace('\t', ' '), start, "", problems);
            case "properties" -> StrictProperties.read(text, start, problems);
            case "xml" -> StrictXml.read(text, start, problems);
            default -> StrictYaml.read(text, start, "", problems);
        };
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns what is in a file; null when it was refused. */
    private String text(Path file, Mark from, boolean base) {
        String path = base ? EXTENDS : "";
        String which = base ? Shown.quoted(file.toString()) + " " : "";
        if (!List.of("yaml", "yml", "json", "properties", "xml").contains(ending(file))) {
            problems.add(
                    from, path, which + "is no definition; its name must end in .yaml, .json, .properties or .xml");
            return null;
        }
        if (Files.isDirectory(file)) {
            problems.add(from, path, which + "is a folder");
            return null;
        }
        if (Files.notExists(file)) {
            problems.add(
                    from, path, (base ? "there is no file " + which.strip() : "there is no such file") + hint(file));
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES + 1);
            if (bytes.length > BYTES) {
                problems.add(from, path, which + "is larger than 1 MiB, which no definition is");
                return null;
            }
            return decode(bytes, new Mark(file.toString(), 1));
        } catch (IOException e) {
            problems.add(from, path, which + "cannot be read: " + e.getMessage());
            return null;
        }
    }

    private String decode(byte[] bytes, Mark start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int lines = 0;
            for (int i = 0; i < buffer.position(); i++) {
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            problems.add(start.down(lines), "", "is not UTF-8, the encoding that a definition must have");
            return null;
        }
    }

    private static String hint(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(ya?ml|json|properties|xml)"))
                    .sorted()
                    .toList();
            return Nearest.hint(file.getFileName().toString(), names);
        } catch (IOException e) {
            return "";
        }
    }
}
