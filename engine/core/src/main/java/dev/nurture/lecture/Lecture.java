package dev.nurture.lecture;

import dev.nurture.config.Document;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.PluginCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A lecture: a folder with {@code lecture.yaml}, which lists its parts, and a folder for each.
 *
 * @param parts in the order in which they are given
 */
public record Lecture(Path folder, List<Part> parts) {
    private static final String FILE = "lecture.yaml";

    public Lecture {
        parts = List.copyOf(parts);
    }

    /** Tells whether a folder holds a lecture. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Reads a lecture.
     *
     * @param catalog the plugins that its pictures may show
     *
     * @throws dev.nurture.config.DefinitionException if a file is wrong
     */
    public static Lecture read(Path folder, PluginCatalog catalog) {
        Document document = Document.read(folder.resolve(FILE));
        document.checkKeys(document.root(), "", List.of("parts"));
        List<String> names = document.texts(document.root(), "", "parts");
        if (names.isEmpty()) {
            document.problem(document.root().mark(), "parts", "is missing: the folders of the parts, in their order");
        }
        for (String name : names) {
            if (!Files.isRegularFile(folder.resolve(name).resolve(PartReader.FILE))) {
                document.problem(
                        document.root().mark(),
                        "parts",
                        "there is no " + folder.resolve(name).resolve(PartReader.FILE));
            }
        }
        document.check();
        List<Part> parts = new ArrayList<>();
        names.forEach(name -> parts.add(PartReader.read(folder.resolve(name), catalog)));
        return new Lecture(folder, parts);
    }

    /**
     * Returns what is asked for, in the order of the lecture.
     *
     * @param asked names of parts, or {@code part/claim}; none: everything
     * @throws IllegalArgumentException if there is no such thing, with a message for the user
     */
    public List<Selection> select(List<String> asked) {
        List<Selection> all = parts.stream()
                .map(part -> new Selection(part, part.claims(), part.figures()))
                .toList();
        if (asked.isEmpty()) {
            return all;
        }
        for (String one : asked) {
            List<String> names = new ArrayList<>();
            parts.forEach(part -> {
                names.add(part.name());
                part.claims().forEach(claim -> names.add(part.name() + "/" + claim.name()));
            });
            if (!names.contains(one)) {
                String hint = Nearest.hint(one, names);
                String parts = ". There are: "
                        + String.join(", ", this.parts.stream().map(Part::name).toList());
                throw new IllegalArgumentException(
                        "the lecture has no part or claim '" + one + "'" + (hint.isEmpty() ? parts : hint));
            }
        }
        List<Selection> selected = new ArrayList<>();
        for (Selection whole : all) {
            String name = whole.part.name();
            if (asked.contains(name)) {
                selected.add(whole);
            } else {
                List<Claim> claims = whole.claims.stream()
                        .filter(claim -> asked.contains(name + "/" + claim.name()))
                        .toList();
                if (!claims.isEmpty()) {
                    selected.add(new Selection(whole.part, claims, List.of()));
                }
            }
        }
        return selected;
    }

    /**
     * A part, or some claims of it.
     *
     * @param figures none where only some claims are asked for
     */
    public record Selection(Part part, List<Claim> claims, List<FigurePlan> figures) {}
}
