package dev.nurture.cli;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.Param;
import java.util.ArrayList;
import java.util.List;

/** All parts with their parameters as tables in Markdown, one a kind. */
final class PartTables {
    private final List<String> lines = new ArrayList<>();

    private PartTables() {}

    static List<String> lines(PluginCatalog catalog) {
        PartTables tables = new PartTables();
        for (Kind kind : Kind.values()) {
            tables.table(kind, catalog.parts(kind));
        }
        return tables.lines;
    }

    private void table(Kind kind, List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add("### " + kind.label());
        lines.add("");
        row(kind.noun(), "parameter", "type", "range", "default", "what it is");
        lines.add("|---|---|---|---|---|---|");
        for (Part part : parts) {
            row(code(part.name()), "", "", "", "", part.factory().doc());
            part.factory().params().forEach(this::param);
        }
        List<Param<?>> common = PluginsCommand.common(kind);
        if (!common.isEmpty()) {
            row("each of them", "", "", "", "", "What any " + kind.noun() + " takes, beside its own.");
            common.forEach(this::param);
        }
    }

    private void param(Param<?> param) {
        row(
                "",
                code(param.name()),
                PluginsCommand.type(param),
                PluginsCommand.range(param),
                PluginsCommand.fallback(param),
                param.doc());
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(cell.isEmpty() ? "" : " ")
                    .append(cell.replace("|", "\\|").replace('\n', ' '))
                    .append(" |");
        }
        lines.add(row.toString());
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
