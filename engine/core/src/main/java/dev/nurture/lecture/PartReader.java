package dev.nurture.lecture;

import dev.nurture.config.Document;
import dev.nurture.config.Measure;
import dev.nurture.config.Value;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.PluginCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a part's {@code claims.yaml}. */
final class PartReader {
    static final String FILE = "claims.yaml";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,80}");
    private static final int MOST_RUNS = 1_000;

    private final Path folder;
    private final PluginCatalog catalog;
    private final Document document;
    private final Map<String, PlannedRun> runs = new LinkedHashMap<>();
    private final Map<String, List<String>> ensembles = new LinkedHashMap<>();

    private PartReader(Path folder, PluginCatalog catalog) {
        this.folder = folder;
        this.catalog = catalog;
        document = Document.read(folder.resolve(FILE));
    }

    /**
     * Returns a part.
     *
     * @throws dev.nurture.config.DefinitionException if its file is wrong, with all that is
     */
    static Part read(Path folder, PluginCatalog catalog) {
        return new PartReader(folder, catalog).read();
    }

    private Part read() {
        Value.Mapping root = document.root();
        document.checkKeys(root, "", List.of("title", "runs", "ensembles", "claims", "figures"));
        String title = document.text(root, "", "title");
        document.mapping(root, "", "runs").entries().forEach(this::run);
        Value.Mapping groups = document.mapping(root, "", "ensembles");
        groups.entries().forEach((name, entry) -> {
            String path = Document.join("ensembles", name);
            List<String> members = document.texts(groups, "ensembles", name);
            checkRuns(members, entry, path, List.copyOf(runs.keySet()));
            ensembles.put(name, members);
        });
        List<Claim> claims = document.each(root, "", "claims", this::claim);
        unique(claims.stream().map(Claim::name).toList(), root, "claims");
        List<FigurePlan> figures =
                document.each(root, "", "figures", new FigureReader(document, catalog, runs, ensembles.keySet())::read);
        unique(figures.stream().map(FigurePlan::name).toList(), root, "figures");
        document.check();
        return new Part(folder.getFileName().toString(), folder, title, runs, ensembles, claims, figures);
    }

    private void unique(List<String> names, Value.Mapping root, String path) {
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !seen.add(name))
                .forEach(name -> document.problem(root.mark(), path, "two of them are called '" + name + "'"));
    }

    private void run(String name, Value.Entry entry) {
        String path = Document.join("runs", name);
        if (entry.value() instanceof Value.Scalar scalar) {
            add(name, scalar.text(), List.of(), Map.of(), entry, path);
        } else if (entry.value() instanceof Value.Mapping mapping) {
            document.checkKeys(mapping, path, List.of("definition", "with", "for"));
            String definition = document.text(mapping, path, "definition");
            List<String> changes = document.texts(mapping, path, "with");
            sweep(name, definition, changes, mapping, entry, path);
        } else if (!(entry.value() instanceof Value.Refused)) {
            document.problem(
                    entry.mark(), path, "expected a definition or a mapping, not " + Value.describe(entry.value()));
        }
    }

    private void sweep(
            String name,
            String definition,
            List<String> changes,
            Value.Mapping mapping,
            Value.Entry entry,
            String path) {
        Value.Mapping over = document.mapping(mapping, path, "for");
        List<Map<String, String>> points = new ArrayList<>(List.of(Map.of()));
        for (String key : over.entries().keySet()) {
            if (!name.contains("{" + key + "}")) {
                document.problem(
                        entry.mark(), path, "its name must contain {" + key + "}, so that each run has its own");
            }
            List<Map<String, String>> more = new ArrayList<>();
            for (Value value : values(over, path, key)) {
                for (Map<String, String> point : points) {
                    Map<String, String> next = new TreeMap<>(point);
                    next.put(key, Document.inline(value));
                    more.add(next);
                }
            }
            points = more.size() > MOST_RUNS ? more.subList(0, MOST_RUNS) : more;
        }
        for (Map<String, String> point : points) {
            add(
                    filled(name, point),
                    filled(definition, point),
                    changes.stream().map(change -> filled(change, point)).toList(),
                    point,
                    entry,
                    path);
        }
    }

    private List<Value> values(Value.Mapping over, String path, String key) {
        Value value = over.get(key).orElse(null);
        if (value instanceof Value.Sequence sequence && !sequence.items().isEmpty()) {
            return sequence.items();
        }
        document.problem(over.mark(), path + ".for." + key, "expected a list of values");
        return List.of();
    }

    private static String filled(String text, Map<String, String> point) {
        String filled = text;
        for (Map.Entry<String, String> one : point.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        return filled;
    }

    private void add(
            String name,
            String definition,
            List<String> changes,
            Map<String, String> values,
            Value.Entry entry,
            String path) {
        if (!NAME.matcher(name).matches()) {
            document.problem(entry.mark(), path, "'" + name + "' is no name: letters, digits, '.', '_', '+' and '-'");
            return;
        }
        Path file = folder.resolve(definition).normalize();
        if (!definition.isEmpty() && !Files.isRegularFile(file)) {
            document.problem(entry.mark(), path, "there is no definition " + file);
        }
        if (runs.put(name, new PlannedRun(name, file, changes, values)) != null) {
            document.problem(entry.mark(), path, "two runs are called '" + name + "'");
        }
    }

    private Claim claim(Value.Mapping mapping, String path) {
        document.checkKeys(
                mapping, path, List.of("name", "row", "claim", "published", "runs", "show", "compare", "expect"));
        String name = document.text(mapping, path, "name");
        Optional<Integer> row = document.optionalText(mapping, path, "row").flatMap(text -> {
            if (text.matches("[0-9]{1,4}")) {
                return Optional.of(Integer.parseInt(text));
            }
            document.problem(mapping.mark(), path + ".row", "expected a number, not '" + text + "'");
            return Optional.empty();
        });
        String claim = document.text(mapping, path, "claim");
        Optional<String> published = document.optionalText(mapping, path, "published");
        List<String> of = document.texts(mapping, path, "runs");
        List<String> names = Stream.concat(runs.keySet().stream(), ensembles.keySet().stream())
                .toList();
        Value.Entry here = new Value.Entry(mapping.mark(), mapping);
        checkRuns(of, here, path + ".runs", List.copyOf(runs.keySet()));
        List<String> show = document.texts(mapping, path, "show");
        show.forEach(shown -> {
            if (!shown.equals(Shown.CURVE) && !shown.equals(Shown.FINDINGS) && !shown.startsWith(Shown.ADVISED)) {
                measure(shown, mapping, path + ".show");
            }
        });
        Optional<Measure> compare = document.optionalText(mapping, path, "compare")
                .flatMap(text -> measure(text, mapping, path + ".compare"));
        List<Comparison> comparisons = new ArrayList<>();
        for (String text : document.texts(mapping, path, "expect")) {
            try {
                Comparison comparison = Comparison.of(text);
                checkRuns(comparison.names(), here, path + ".expect", names);
                comparisons.add(comparison);
            } catch (IllegalArgumentException e) {
                document.problem(mapping.mark(), path + ".expect", e.getMessage());
            }
        }
        if (mapping.get("expect").isPresent() && mapping.get("compare").isEmpty()) {
            document.problem(mapping.mark(), path + ".compare", "is missing: what the runs are compared by");
        }
        if (of.isEmpty() && mapping.get("expect").isEmpty()) {
            document.problem(mapping.mark(), path, "neither runs nor expect: nothing can fail");
        }
        return new Claim(name, row, claim, published, of, show, compare, comparisons);
    }

    private Optional<Measure> measure(String text, Value.Mapping mapping, String path) {
        try {
            return Optional.of(Measure.of(text));
        } catch (IllegalArgumentException e) {
            document.problem(mapping.mark(), path, e.getMessage());
            return Optional.empty();
        }
    }

    private void checkRuns(List<String> of, Value.Entry entry, String path, List<String> names) {
        of.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> document.problem(
                        entry.mark(), path, "there is no run '" + name + "'" + Nearest.hint(name, names)));
    }
}
